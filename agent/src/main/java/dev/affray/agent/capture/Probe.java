package dev.affray.agent.capture;

import dev.affray.agent.capture.CaptureSource.Device;
import dev.affray.agent.capture.CaptureSource.LocalFile;
import dev.affray.agent.capture.CaptureSource.Stream;
import java.time.Duration;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;

/** Watches a source for a while, to tell what it is. Decodes key pictures until one succeeds, and nothing else. For one thread; any may end it. */
public final class Probe {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final CaptureSource source;
    private final Duration watch;
    private final Duration patience;
    private final Duration timeout;
    private final Encounter encounter = new Encounter();
    private final Interrupt interrupt = new Interrupt();
    private boolean decodes;
    private long beganNanos;
    private long firstPictureMillis;

    /**
     * A probe that has not begun.
     *
     * @param watch how long to watch it
     * @param patience how long to watch it at most, where it takes longer to see two key pictures
     */
    public Probe(CaptureSource source, Duration watch, Duration patience) {
        this(source, watch, patience, TIMEOUT);
    }

    Probe(CaptureSource source, Duration watch, Duration patience, Duration timeout) {
        this.source = source;
        this.watch = watch;
        this.patience = patience;
        this.timeout = timeout;
    }

    /**
     * Opens and watches the source. Takes half a minute longer than it watches, at most. To be called once.
     *
     * @throws LinkageError when there is no FFmpeg for this machine
     */
    public Probed run() {
        Ffmpeg.load();
        beganNanos = System.nanoTime();
        return switch (source) {
            case LocalFile _, Device _ -> open();
            case Stream stream -> {
                Secrets.know(stream);
                try {
                    yield open();
                } finally {
                    Secrets.forget(stream);
                }
            }
        };
    }

    /** How long it took from the beginning of {@link #run} to the first decoded picture, once that is over; empty when there was none. */
    public OptionalLong firstPictureMillis() {
        return decodes ? OptionalLong.of(firstPictureMillis) : OptionalLong.empty();
    }

    /** Ends it early; {@link #run} then tells what it knows. */
    public void end() {
        interrupt.raise();
    }

    private Probed open() {
        try (Interrupt _ = interrupt;
                VideoInput input = VideoInput.open(source, interrupt, timeout.toNanos(), encounter)) {
            return watch(input);
        } catch (CaptureException e) {
            return new Probed.Nothing(
                    encounter.access(), interrupt.raised() ? "ended before any video came" : e.reason());
        }
    }

    private Probed watch(VideoInput input) {
        StreamFormat format = input.format();
        PaceMeter meter = new PaceMeter(1 / input.rate());
        String ending = "";
        try {
            ending = follow(input, meter);
        } catch (CaptureException e) {
            ending = e.reason();
        }
        if (meter.pace().packets() == 0) {
            return new Probed.Nothing(encounter.access(), ending.isEmpty() ? "no packet came" : ending);
        }
        Access access = encounter.access();
        Access whole = new Access(
                access.logins(),
                access.certificate(),
                access.transport(),
                access.contentType(),
                Boolean.TRUE.equals(access.audio()) || format.audio());
        return new Probed.Video(
                whole,
                new StreamFacts(
                        format.codec(),
                        format.profile(),
                        format.width(),
                        format.height(),
                        decodes,
                        format.declaredRate(),
                        meter.pace()),
                interrupt.raised() ? "" : ending);
    }

    /** Returns why it ended before its time; empty when it did not. */
    private String follow(VideoInput input, PaceMeter meter) throws CaptureException {
        long began = System.nanoTime();
        while (!interrupt.raised()) {
            switch (input.next()) {
                case VIDEO -> take(input, meter);
                case OTHER -> {}
                case END -> {
                    return source instanceof LocalFile ? "" : "the camera ended the stream";
                }
            }
            double elapsed = source instanceof LocalFile ? meter.seconds() : (System.nanoTime() - began) / 1e9;
            if (elapsed >= watch.toMillis() / 1000.0 && (meter.keys() > 1 || elapsed >= patience.toMillis() / 1000.0)) {
                return "";
            }
        }
        return "";
    }

    private void take(VideoInput input, PaceMeter meter) throws CaptureException {
        AVPacket packet = input.packet();
        boolean key = (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
        meter.add(key, packet.size(), input.packetSeconds(), input.shownSeconds());
        if (key && !decodes) {
            input.decode(packet, (_, _) -> decodes = true);
            input.rest((_, _) -> decodes = true);
            firstPictureMillis = (System.nanoTime() - beganNanos) / 1_000_000;
        }
    }
}
