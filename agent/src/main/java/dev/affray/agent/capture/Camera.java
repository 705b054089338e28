package dev.affray.agent.capture;

import dev.affray.agent.health.FrameLedger;
import dev.affray.camera.CameraConfig;
import dev.affray.health.CameraState;
import java.io.IOException;
import java.time.Clock;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A stand-in that plays thirty tiny frames at the configured rate and ends. */
public final class Camera implements AutoCloseable {
    private final CameraConfig config;
    private final CaptureSource source;
    private final FrameSink sink;
    private final FrameLedger ledger;
    private final Clock clock;
    private final Thread thread;
    private volatile CameraState state = CameraState.RECONNECTING;

    public Camera(
            String id, CameraConfig config, CaptureSource source, FrameSink sink, FrameLedger ledger, Clock clock) {
        this.config = config;
        this.source = source;
        this.sink = sink;
        this.ledger = ledger;
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("camera-" + id).unstarted(this::play);
    }

    public void start() {
        thread.start();
    }

    private void play() {
        try {
            byte[] jpeg = new byte[20_000];
            jpeg[0] = (byte) 0xFF;
            jpeg[1] = (byte) 0xD8;
            jpeg[19_998] = (byte) 0xFF;
            jpeg[19_999] = (byte) 0xD9;
            boolean endless = !(source instanceof CaptureSource.LocalFile file) || file.loop();
            for (int i = 0; endless || i < 30; i++) {
                state = CameraState.STREAMING;
                try {
                    sink.spool(clock.instant(), OptionalInt.of(i % 100), jpeg);
                } catch (IOException e) {
                    ledger.failed();
                }
                Thread.sleep((long) (1000 / config.sampling().fps()));
            }
            state = CameraState.ENDED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public CameraStatus status() {
        @Nullable String detail = state == CameraState.ENDED ? "played to its end" : null;
        return new CameraStatus(state, detail, null, null, config.sampling().fps(), 0);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
