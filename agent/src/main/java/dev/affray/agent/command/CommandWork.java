package dev.affray.agent.command;

import dev.affray.agent.camera.Cameras;
import dev.affray.agent.capture.CameraStatus;
import dev.affray.agent.capture.Clip;
import dev.affray.agent.capture.Snapshot;
import dev.affray.agent.upload.UploadOutcome;
import dev.affray.command.ClipKey;
import dev.affray.command.ClipSpan;
import dev.affray.command.Command;
import dev.affray.frame.CameraId;
import dev.affray.health.CameraState;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;

/**
 * Does what was asked. Each command has one file on the disk while it is under way; a clip is no larger than the video that its camera keeps. What an earlier
 * run left is removed. Thread-safe; calls wait.
 */
final class CommandWork {
    /** A clock that is a little ahead asks for what is only just to come. */
    private static final Duration AHEAD = Duration.ofSeconds(5);

    private static final Duration LOOK = Duration.ofMillis(100);

    private final String thing;
    private final Cameras cameras;
    private final ClipStore store;
    private final Path folder;
    private final long minFreeBytes;
    private final Clock clock;
    private final Patience patience;

    /**
     * @param folder for files that are under way, and nothing else
     * @param minFreeBytes left on its disk
     * @param clock that frames go by
     * @throws IOException when the folder cannot be used
     */
    CommandWork(
            String thing,
            Cameras cameras,
            ClipStore store,
            Path folder,
            long minFreeBytes,
            Clock clock,
            Patience patience)
            throws IOException {
        this.thing = thing;
        this.cameras = cameras;
        this.store = store;
        this.folder = folder;
        this.minFreeBytes = minFreeBytes;
        this.clock = clock;
        this.patience = patience;
        Files.createDirectories(folder);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
    }

    /** Why a command is no use, where that is known without beginning it. */
    Optional<String> refusal(Command command) {
        return switch (command.command()) {
            case SNAPSHOT -> cameras.refusesSnapshot(command.camera()).map(Snapshot.Refused::detail);
            case CLIP -> clipRefusal(command.camera(), Objects.requireNonNull(command.clip()));
            case RESTART ->
                cameras.status(command.camera()).isPresent()
                        ? Optional.empty()
                        : Optional.of(cameras.notRunning(command.camera()));
        };
    }

    private Optional<String> clipRefusal(String camera, ClipSpan span) {
        Instant now = clock.instant();
        return span.at().isAfter(now.plus(AHEAD))
                ? Optional.of("$.clip.at: is " + span.at() + ", which lies ahead; this gateway's clock says " + now)
                : cameras.refusesClip(camera, span.to()).map(Clip.Refused::detail);
    }

    /** Does it, to its end. */
    Outcome run(Command command) throws IOException, InterruptedException {
        return switch (command.command()) {
            case SNAPSHOT -> snapshot(command);
            case CLIP -> clip(command, Objects.requireNonNull(command.clip()));
            case RESTART -> restart(command.camera());
        };
    }

    private Outcome snapshot(Command command) throws IOException, InterruptedException {
        Path file = folder.resolve(command.id() + ".jpg");
        try {
            return switch (cameras.snapshot(command.camera(), patience.picture(), file)) {
                case Snapshot.Refused(Snapshot.Reason _, String detail) -> new Outcome.Failed(detail);
                case Snapshot.Written(Instant at, long bytes) ->
                    stored(command, file, new Outcome.Done(bytes + " bytes", null, at, at));
            };
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private Outcome clip(Command command, ClipSpan span) throws IOException, InterruptedException {
        Duration ahead = Duration.between(clock.instant(), span.to().plus(patience.settling()));
        if (ahead.isPositive()) {
            Thread.sleep(ahead);
        }
        long room = Files.getFileStore(folder).getUsableSpace() - cameras.clipBytes();
        if (room < minFreeBytes) {
            return new Outcome.Failed("there is too little room on the gateway's disk for a clip");
        }
        Path file = folder.resolve(command.id() + ".mp4");
        try {
            return switch (cameras.clip(command.camera(), span.from(), span.to(), file)) {
                case Clip.Refused(Clip.Reason _, String detail) -> new Outcome.Failed(detail);
                case Clip.Written clip ->
                    stored(command, file, new Outcome.Done(text(clip, span), null, clip.from(), clip.to()));
            };
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static String text(Clip.Written clip, ClipSpan span) {
        String begin = clip.from().isAfter(span.from()) ? "; nothing older is kept" : "";
        String rest = clip.rest()
                .map(changed -> "; the stream changed its form at " + changed + ", ask for what follows on its own")
                .orElse("");
        return clip.pictures() + " pictures, " + clip.bytes() + " bytes" + begin + rest;
    }

    private Outcome stored(Command command, Path file, Outcome.Done made) throws IOException, InterruptedException {
        Instant from = Objects.requireNonNull(made.from());
        ClipKey key = new ClipKey(
                new CameraId(thing, command.camera()),
                from.atOffset(ZoneOffset.UTC).toLocalDate(),
                command.id(),
                command.command());
        return switch (store.put(key, file, patience.upload())) {
            case UploadOutcome.Stored() -> new Outcome.Done(made.detail(), key.format(), from, made.to());
            case UploadOutcome.Retry(String reason) -> notStored(reason);
            case UploadOutcome.Unreachable(String reason) -> notStored(reason);
            case UploadOutcome.Rejected(String reason) -> notStored(reason);
        };
    }

    private static Outcome notStored(String reason) {
        return new Outcome.Failed("it was made, but could not be stored: " + reason);
    }

    private Outcome restart(String camera) throws InterruptedException {
        if (!cameras.restart(camera)) {
            return new Outcome.Failed(cameras.notRunning(camera));
        }
        long endNanos = System.nanoTime() + patience.picture().toNanos();
        while (System.nanoTime() - endNanos < 0) {
            Optional<CameraState> state = cameras.status(camera).map(CameraStatus::state);
            if (state.isEmpty()) {
                return new Outcome.Failed(cameras.notRunning(camera));
            }
            switch (state.get()) {
                case STREAMING, DISARMED, ENDED -> {
                    return new Outcome.Done("connected to anew; it is " + state.get(), null, null, null);
                }
                case STALLED, RECONNECTING, MISCONFIGURED -> Thread.sleep(LOOK);
            }
        }
        return new Outcome.Failed(cameras.status(camera)
                .map(status ->
                        "connected to anew, but after " + patience.picture().toSeconds() + " s it is " + status.state()
                                + (status.detail() == null ? "" : ": " + status.detail()))
                .orElseGet(() -> cameras.notRunning(camera)));
    }
}
