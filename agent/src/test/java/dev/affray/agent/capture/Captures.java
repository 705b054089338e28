package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.agent.gate.ScoreModel;
import dev.affray.agent.health.FrameLedger;
import dev.affray.camera.AlertRule;
import dev.affray.camera.CameraConfig;
import dev.affray.camera.Gate;
import dev.affray.camera.Image;
import dev.affray.camera.Sampling;
import dev.affray.camera.Site;
import dev.affray.health.FrameCounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the capture tests share: a sink that keeps frames in memory and enters them in the ledger, as a spool does. */
public final class Captures implements FrameSink {
    private static final Set<Path> RENDERED = new HashSet<>();

    private final String id;
    final FrameLedger ledger = new FrameLedger();
    final List<Taken> frames = new CopyOnWriteArrayList<>();

    Captures() {
        this("test");
    }

    /** @param id of the cameras, and in the names of their threads */
    Captures(String id) {
        this.id = id;
    }

    static final class Taken {
        final Instant capturedAt;
        final OptionalInt score;
        final byte[] jpeg;

        Taken(Instant capturedAt, OptionalInt score, byte[] jpeg) {
            this.capturedAt = capturedAt;
            this.score = score;
            this.jpeg = jpeg;
        }
    }

    @Override
    public void spool(Instant capturedAt, OptionalInt edgeScore, byte[] jpeg) {
        frames.add(new Taken(capturedAt, edgeScore, jpeg));
        ledger.spooled();
    }

    Camera camera(CaptureSource source, double fps, Duration timeout) {
        return camera(source, fps, timeout, VideoInput::open, new Watchdog());
    }

    Camera camera(CaptureSource source, double fps, Duration timeout, VideoInput.Opener opener, Watchdog watchdog) {
        CameraSetup setup = new CameraSetup(
                id,
                config(fps),
                ScoreModel.shipped(),
                source,
                this,
                ledger,
                Clock.systemUTC(),
                new PacketHistory(id, ClipBounds.DEFAULT, Clock.systemUTC()),
                timeout,
                opener,
                Backoff::usual);
        return new Camera(setup, watchdog);
    }

    Camera camera(CaptureSource source, double fps, Image image) {
        CameraConfig plain = config(fps);
        CameraConfig config = new CameraConfig(
                plain.name(),
                plain.site(),
                plain.source(),
                plain.sampling(),
                plain.gate(),
                plain.zones(),
                image,
                plain.alert());
        return new Camera(id, config, source, this, ledger, Clock.systemUTC(), ClipBounds.DEFAULT, new Watchdog());
    }

    Camera camera(CaptureSource source, double fps) {
        return camera(source, fps, Duration.ofSeconds(10));
    }

    /** Every sampling instant is entered once, and a frame is entered as spooled when and only when it reached the sink. */
    void assertLaw() {
        FrameCounts counts = ledger.counts();
        assertThat(counts.captured()).isEqualTo(counts.skipped() + counts.failed() + counts.spooled());
        assertThat(counts.spooled()).isEqualTo(frames.size());
    }

    static CameraConfig config(double fps) {
        return new CameraConfig(
                "Test",
                new Site("", ZoneOffset.UTC),
                Optional.empty(),
                new Sampling(Sampling.Mode.INTERVAL, fps, fps, Duration.ofSeconds(10)),
                Gate.DEFAULT,
                List.of(),
                new Image(320, 4),
                AlertRule.DEFAULT);
    }

    /** The first seconds of the sample film, rendered once. */
    public static synchronized Path sample(int seconds) {
        try {
            // Tests run in several processes.
            String name = "sample-" + seconds + "-" + ProcessHandle.current().pid() + ".mp4";
            Path file = Path.of("target", name).toAbsolutePath();
            if (RENDERED.add(file)) {
                SampleVideo.render(file, seconds, (_, _) -> {});
                file.toFile().deleteOnExit();
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one packet and decodes it; at the end, what the decoder still held. */
    static VideoInput.Packet read(VideoInput input, VideoInput.Pictures pictures) throws CaptureException {
        VideoInput.Packet packet = input.next();
        switch (packet) {
            case VIDEO -> input.decode(input.packet(), pictures);
            case OTHER -> {}
            case END -> input.rest(pictures);
        }
        return packet;
    }

    static boolean running(String camera) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(t -> t.getName().equals("camera-" + camera));
    }
}
