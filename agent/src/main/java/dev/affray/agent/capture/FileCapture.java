package dev.affray.agent.capture;

import dev.affray.agent.capture.CaptureSource.LocalFile;
import java.util.OptionalDouble;

/**
 * Plays a video file in real time, once or again and again; or once and faster. Frames keep the distances of the film whatever its speed, and none lies in the
 * future: a film that is hurried counts as having been captured before, by just so much that its end is now. For one thread.
 */
final class FileCapture {
    private static final double NANOS = 1e9;

    /** Further behind than this, in nanoseconds, the rest of the film is put off instead of being hurried. */
    private static final long LATE_NANOS = 1_000_000_000L;

    private final LocalFile file;
    private final String id;
    private final FrameTaker taker;
    private final CameraMeter meter;
    private final PacketHistory history;
    private final Interrupt interrupt;
    private final Opening opening;
    private final Timeline line = new Timeline();
    private long beganNanos;

    /** When the first picture counts as captured, by the monotonic clock. */
    private long capturedNanos;

    private long leadNanos;
    private long pictures;
    private double lastAt;

    FileCapture(
            CameraSetup setup,
            LocalFile file,
            FrameTaker taker,
            CameraMeter meter,
            Interrupt interrupt,
            Opening opening) {
        id = setup.id();
        history = setup.history();
        this.file = file;
        this.taker = taker;
        this.meter = meter;
        this.interrupt = interrupt;
        this.opening = opening;
    }

    /**
     * Returns at the end, or when the camera closes.
     *
     * @throws CaptureException when the file cannot be opened, or nothing in it can be decoded
     */
    void run() throws CaptureException {
        do {
            pictures = 0;
            line.restart();
            try (VideoInput input = opening.open()) {
                meter.streaming(input.describe(), false);
                taker.begin(1 / input.rate());
                leadNanos = lead(input);
                try (GatedDecoding decoding = new GatedDecoding(id, input, taker, interrupt, _ -> pictures++)) {
                    play(input, decoding);
                }
            }
            if (pictures == 0 && !interrupt.raised()) {
                throw CaptureException.hopeless("no picture in it can be decoded");
            }
        } while (file.loop() && !interrupt.raised());
    }

    private void play(VideoInput input, GatedDecoding decoding) throws CaptureException {
        PacketHistory.Recording recording = history.begin(interrupt);
        long errors = 0;
        VideoInput.Packet packet = VideoInput.Packet.OTHER;
        while (packet != VideoInput.Packet.END && !interrupt.raised()) {
            try {
                packet = input.next();
                switch (packet) {
                    case VIDEO -> take(input, decoding, recording);
                    case OTHER -> {}
                    case END -> end(decoding, lastAt + 1 / input.rate());
                }
            } catch (CaptureException e) {
                if (pictures == 0) {
                    throw e;
                }
                packet = VideoInput.Packet.END;
            }
            meter.decodeErrors(input.decodeErrors() - errors);
            errors = input.decodeErrors();
        }
    }

    private void take(VideoInput input, GatedDecoding decoding, PacketHistory.Recording recording)
            throws CaptureException {
        double at = line.place(input.packetSeconds(), 1 / input.rate());
        if (at == 0) {
            beganNanos = System.nanoTime();
            capturedNanos = beganNanos - leadNanos;
        }
        lastAt = at;
        // A film that is longer than it says goes on in real time.
        long due = Math.max(captured(at), beganNanos + (long) (at * NANOS / file.speed()));
        if (interrupt.raisedWithin(due - System.nanoTime())) {
            return;
        }
        long late = System.nanoTime() - due;
        meter.packet();
        meter.late(Math.max(0, late));
        if (late > LATE_NANOS) {
            beganNanos += late;
            capturedNanos += file.speed() == 1 ? late : 0;
        }
        decoding.take(at, captured(at));
        if (decoding.isDisarmed()) {
            recording.pause();
        } else {
            recording.add(input, captured(at));
        }
    }

    private void end(GatedDecoding decoding, double at) throws CaptureException {
        decoding.end(at, Math.min(captured(at), System.nanoTime()));
    }

    private long captured(double at) {
        return capturedNanos + (long) (at * NANOS);
    }

    /** How long before now the film begins. */
    private long lead(VideoInput input) throws CaptureException {
        if (file.speed() == 1) {
            return 0;
        }
        OptionalDouble seconds = input.seconds();
        if (seconds.isEmpty()) {
            throw CaptureException.hopeless(
                    "does not say how long it is, so it cannot be played faster: leave --speed out");
        }
        return (long) (seconds.getAsDouble() * (1 - 1 / file.speed()) * NANOS);
    }
}
