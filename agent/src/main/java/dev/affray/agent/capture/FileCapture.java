package dev.affray.agent.capture;

import dev.affray.agent.capture.CaptureSource.LocalFile;

/** Plays a video file in real time, once or again and again. For one thread. */
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
                    case END -> decoding.end(lastAt + 1 / input.rate(), System.nanoTime());
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
        }
        lastAt = at;
        long due = beganNanos + (long) (at * NANOS);
        if (interrupt.raisedWithin(due - System.nanoTime())) {
            return;
        }
        long late = System.nanoTime() - due;
        meter.packet();
        meter.late(Math.max(0, late));
        if (late > LATE_NANOS) {
            beganNanos += late;
            due += late;
        }
        recording.add(input, due);
        decoding.take(at, due);
    }
}
