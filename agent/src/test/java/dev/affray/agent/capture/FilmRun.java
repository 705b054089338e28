package dev.affray.agent.capture;

import dev.affray.agent.capture.CaptureSource.LocalFile;
import dev.affray.agent.gate.ScoreModel;
import dev.affray.camera.CameraConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Leads a film past the gate as a stream would be, as fast as it goes; frames carry their places in the film as capture times. */
final class FilmRun {
    static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private FilmRun() {}

    static Captures play(Path film, CameraConfig config) throws Exception {
        return play(film, config, PacketRing.MAX_BYTES, new OpeningTurns(1));
    }

    static Captures play(Path film, CameraConfig config, long ringBytes, OpeningTurns turns) throws Exception {
        Ffmpeg.load();
        Captures captures = new Captures();
        long base = System.nanoTime() - 3_600_000_000_000L;
        CaptureClock clock = new CaptureClock(new Since(base), System::nanoTime);
        FrameDoor door = new FrameDoor(captures, captures.ledger);
        Timeline line = new Timeline();
        double at = 0;
        try (Interrupt interrupt = new Interrupt();
                VideoInput input = VideoInput.open(new LocalFile(film, false), interrupt, 10_000_000_000L);
                FrameTaker taker = new FrameTaker(
                        "test", config, ScoreModel.shipped(), door, new Snapshots(), new CameraMeter(), clock)) {
            taker.begin(1 / input.rate());
            try (GatedDecoding decoding = new GatedDecoding(
                    "test",
                    input,
                    taker,
                    interrupt,
                    _ -> {},
                    new PacketRing(ringBytes, PacketRing.MAX_SECONDS),
                    turns)) {
                VideoInput.Packet packet = input.next();
                while (packet != VideoInput.Packet.END) {
                    if (packet == VideoInput.Packet.VIDEO) {
                        at = line.place(input.packetSeconds(), 1 / input.rate());
                        decoding.take(at, base + (long) (at * 1e9));
                    }
                    packet = input.next();
                }
                decoding.end(at + 1 / input.rate(), base + (long) (at * 1e9));
            }
        }
        return captures;
    }

    /** Where in the film a frame was taken, in seconds. */
    static double second(Captures.Taken frame) {
        return (frame.capturedAt.toEpochMilli() - BEGIN.toEpochMilli()) / 1000.0;
    }

    private static final class Since extends Clock {
        private final long base;

        Since(long base) {
            this.base = base;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return BEGIN.plusNanos(System.nanoTime() - base);
        }
    }
}
