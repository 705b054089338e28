package dev.affray.agent.capture;

import dev.affray.agent.capture.CaptureSource.LocalFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;

/** A history of films, as if cameras had shown them an hour ago, and what went into it. Nothing of it is decoded. */
final class Recorded implements AutoCloseable {
    private static final double HOUR_NANOS = 3600e9;

    private final long baseNanos = System.nanoTime() - (long) HOUR_NANOS;
    private final Instant base = Instant.now().minusNanos((long) HOUR_NANOS);
    private double at;
    final PacketHistory history;
    final List<Packet> packets = new ArrayList<>();

    /** A packet as a demuxer gives it. */
    static final class Packet {
        final byte[] bytes;
        final boolean key;
        final double seconds;

        private Packet(AVPacket packet, double seconds) {
            bytes = new byte[packet.size()];
            packet.data().get(bytes);
            key = (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
            this.seconds = seconds;
        }
    }

    Recorded(ClipBounds bounds) {
        Ffmpeg.load();
        history = new PacketHistory("test", bounds, Clock.systemUTC());
    }

    /** Plays a film, so many seconds after what came before. */
    Recorded play(Path film, double pause) throws Exception {
        at += pause;
        double usual = 0;
        try (Interrupt interrupt = new Interrupt();
                VideoInput input = VideoInput.open(new LocalFile(film, false), interrupt, 10_000_000_000L)) {
            PacketHistory.Recording recording = history.begin(interrupt);
            VideoInput.Packet read = input.next();
            while (read != VideoInput.Packet.END) {
                if (read == VideoInput.Packet.VIDEO) {
                    at += usual;
                    usual = 1 / input.rate();
                    recording.add(input, baseNanos + (long) (at * 1e9));
                    packets.add(new Packet(input.packet(), at));
                }
                read = input.next();
            }
        }
        return this;
    }

    /** The time at which a packet was taken that came so many seconds after the beginning. */
    Instant at(double seconds) {
        return base.plusNanos((long) (seconds * 1e9));
    }

    /** All packets of the video in a file, with the times at which they are decoded. */
    static List<Packet> read(Path file) throws Exception {
        List<Packet> packets = new ArrayList<>();
        try (Interrupt interrupt = new Interrupt();
                VideoInput input = VideoInput.open(new LocalFile(file, false), interrupt, 10_000_000_000L)) {
            VideoInput.Packet read = input.next();
            while (read != VideoInput.Packet.END) {
                if (read == VideoInput.Packet.VIDEO) {
                    packets.add(new Packet(input.packet(), input.packetSeconds()));
                }
                read = input.next();
            }
        }
        return packets;
    }

    static Path film(Path folder, byte[] film, String format) throws Exception {
        return Files.write(Files.createTempFile(folder, "film", "." + format), film);
    }

    @Override
    public void close() {
        history.close();
    }
}
