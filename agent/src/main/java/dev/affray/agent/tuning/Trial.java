package dev.affray.agent.tuning;

import dev.affray.agent.camera.CameraPlan;
import dev.affray.agent.capture.Camera;
import dev.affray.agent.capture.CameraStatus;
import dev.affray.agent.capture.CameraWork;
import dev.affray.agent.capture.ClipBounds;
import dev.affray.agent.capture.Watchdog;
import dev.affray.agent.health.FrameLedger;
import dev.affray.agent.tuning.TrialReport.Tried;
import dev.affray.frame.CameraId;
import dev.affray.health.CameraState;
import dev.affray.health.FrameCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs cameras for a while as the agent would, except that their frames go into folders: no spool, no network but the cameras'. One thread runs it; any may
 * end it.
 */
public final class Trial {
    private static final long LOOK_MILLIS = 500;
    private static final double NANOS = 1e9;

    private final Settings settings;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<Subject> subjects = new ArrayList<>();
    private final Watchdog watchdog = new Watchdog();

    /**
     * How to run it.
     *
     * @param length how long, if nobody ends it earlier and the cameras do not end by themselves
     * @param warmUp how much of it is left out of the figures of processor time and lag
     * @param step time between two reports of how it goes
     * @param clips how much video of each camera is kept in memory
     * @param clip where the video goes that the first camera has kept at the end
     */
    public record Settings(Duration length, Duration warmUp, Duration step, ClipBounds clips, Optional<Path> clip) {}

    /** A camera and where its frames go. */
    private record Subject(CameraId id, CameraPlan plan, Path folder, FrameLedger ledger, Camera camera) {
        boolean ended() {
            CameraState state = camera.status().state();
            return state == CameraState.ENDED || state == CameraState.MISCONFIGURED;
        }

        /** What is wrong with it, if anything. */
        Optional<String> trouble() {
            CameraStatus status = camera.status();
            return switch (status.state()) {
                case STREAMING, ENDED, DISARMED -> Optional.empty();
                case STALLED, RECONNECTING, MISCONFIGURED -> Optional.ofNullable(status.detail());
            };
        }
    }

    /**
     * A trial that has not begun.
     *
     * @param plans the cameras
     * @param out where their frames go: made if it is not there; into a folder for each camera, named 1, 2 and so on, if there are several
     * @throws IOException when the folders cannot be made
     */
    public Trial(List<CameraPlan> plans, Path out, Settings settings) throws IOException {
        this.settings = settings;
        for (int i = 1; i <= plans.size(); i++) {
            String name = Integer.toString(i);
            Path folder = plans.size() == 1 ? out : out.resolve(name);
            Files.createDirectories(folder);
            subjects.add(subject(new CameraId("trial", name), plans.get(i - 1), folder));
        }
    }

    private Subject subject(CameraId id, CameraPlan plan, Path folder) {
        FrameLedger ledger = new FrameLedger();
        Camera camera = new Camera(
                id.camera(),
                plan.config(),
                plan.source(),
                new FrameFolder(folder, id, ledger),
                ledger,
                Clock.systemUTC(),
                settings.clips(),
                watchdog);
        return new Subject(id, plan, folder, ledger, camera);
    }

    /**
     * Runs it to its end. To be called once.
     *
     * @param progress is told now and then how it goes, in one line for people
     */
    public TrialReport run(Consumer<String> progress) throws InterruptedException {
        long began = System.nanoTime();
        long measured = began;
        Duration cpu = ProcessUse.cpu();
        boolean warm = settings.warmUp().isZero();
        long told = 0;
        try {
            subjects.forEach(subject -> subject.camera().start());
            boolean over = false;
            while (!over) {
                over = ended.await(LOOK_MILLIS, TimeUnit.MILLISECONDS) || isOver(began);
                long elapsed = System.nanoTime() - began;
                if (!warm && elapsed >= settings.warmUp().toNanos()) {
                    warm = true;
                    measured = System.nanoTime();
                    cpu = ProcessUse.cpu();
                    subjects.forEach(subject -> subject.camera().forgetLag());
                }
                if (!over && elapsed / settings.step().toNanos() > told) {
                    told = elapsed / settings.step().toNanos();
                    progress.accept(state(elapsed / NANOS));
                }
            }
            return report(began, measured, ProcessUse.cpu().minus(cpu));
        } finally {
            stop();
        }
    }

    /** Ends it early; {@link #run} then returns what there is. */
    public void end() {
        ended.countDown();
    }

    private boolean isOver(long began) {
        return System.nanoTime() - began >= settings.length().toNanos()
                || subjects.stream().allMatch(Subject::ended);
    }

    private String state(double seconds) {
        long written =
                subjects.stream().mapToLong(s -> s.ledger().counts().spooled()).sum();
        StringBuilder line = new StringBuilder("%.0f of %d s: %d frames written"
                .formatted(seconds, settings.length().toSeconds(), written));
        List<Subject> troubled =
                subjects.stream().filter(s -> s.trouble().isPresent()).toList();
        if (!troubled.isEmpty()) {
            Subject first = troubled.getFirst();
            line.append("; ").append(subjects.size() - troubled.size()).append(" of ");
            line.append(subjects.size()).append(" cameras streaming; camera ");
            line.append(first.id().camera()).append(": ").append(first.trouble().orElse(""));
        }
        return line.toString();
    }

    /** The cameras are stopped only after what was said of them last: that they were stopped is no trouble. */
    private TrialReport report(long began, long measured, Duration cpu) {
        long now = System.nanoTime();
        MemoryUse memory = ProcessUse.memory();
        List<@Nullable String> troubles = new ArrayList<>();
        subjects.forEach(subject -> troubles.add(subject.trouble().orElse(null)));
        Optional<TrialClip> clip =
                settings.clip().map(file -> TrialClip.of(subjects.getFirst().camera(), file));
        stop();
        List<Tried> tried = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            tried.add(tried(subjects.get(i), troubles.get(i)));
        }
        return new TrialReport(
                (now - began) / NANOS,
                (now - measured) / NANOS,
                cpu.toNanos() / NANOS,
                memory,
                tried,
                clip.orElse(null));
    }

    private static Tried tried(Subject subject, @Nullable String trouble) {
        CameraStatus status = subject.camera().status();
        CameraWork work = subject.camera().work();
        FrameCounts counts = subject.ledger().counts();
        return new Tried(
                subject.id().camera(),
                subject.plan().source().display(),
                status.source(),
                subject.folder().toString(),
                work.packets(),
                work.decoded(),
                counts.captured(),
                counts.gated(),
                counts.failed(),
                counts.spooled(),
                status.decodeErrors(),
                status.reconnects(),
                work.largestLagMillis(),
                work.keptBytes(),
                trouble);
    }

    private void stop() {
        subjects.forEach(subject -> subject.camera().stop());
        watchdog.close();
    }
}
