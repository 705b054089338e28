package dev.affray.agent.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.agent.camera.CameraPlan;
import dev.affray.agent.camera.Secrets;
import dev.affray.agent.camera.Sources;
import dev.affray.agent.capture.Probe;
import dev.affray.agent.capture.StreamFacts;
import dev.affray.agent.tuning.ProbeReport;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Each camera's stream, looked at as {@code probe} does it: a few at a time, told in their order. */
final class CameraCheck {
    private static final int AT_ONCE = 4;

    /** Longer from one key picture to the next, in seconds, and much waits for them. */
    private static final double SELDOM = 4;

    private static final long SLOW_MILLIS = 10_000;
    private static final Duration HANGING = Duration.ofSeconds(90);

    private final Optional<Secrets> secrets;
    private final Duration watch;
    private final Duration patience;

    /**
     * @param secrets the logins of cameras; empty where their file cannot be used
     * @param watch how long to watch each camera
     * @param patience how long at most, where it takes longer to see two key pictures
     */
    CameraCheck(Optional<Secrets> secrets, Duration watch, Duration patience) {
        this.secrets = secrets;
        this.watch = watch;
        this.patience = patience;
    }

    /** @param told hears each finding as soon as it and those before it are there */
    void of(Map<String, Optional<JsonNode>> cameras, Consumer<Finding> told) {
        ExecutorService threads = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofPlatform().daemon().name("probe-", 0).factory());
        try {
            Map<String, Future<List<Finding>>> running = cameras.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            camera -> threads.submit(() -> of(camera.getKey(), camera.getValue())),
                            (one, _) -> one,
                            LinkedHashMap::new));
            running.forEach((id, future) -> await(id, future).forEach(told));
        } finally {
            threads.shutdownNow();
        }
    }

    private static String subject(String id) {
        return "camera " + id;
    }

    private static List<Finding> await(String id, Future<List<Finding>> future) {
        try {
            return future.get(HANGING.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return List.of(Finding.fail(
                    subject(id),
                    "a call into FFmpeg hangs",
                    "Restart the camera; look at it with affray-agent probe."));
        } catch (ExecutionException e) {
            return List.of(Finding.fail(
                    subject(id),
                    "could not be looked at: " + e.getCause(),
                    "Look at it with affray-agent probe, and tell the makers of Affray."));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(Finding.skip(subject(id), "interrupted"));
        }
    }

    private List<Finding> of(String id, Optional<JsonNode> document) {
        String subject = subject(id);
        if (document.isEmpty()) {
            return List.of(Finding.fail(
                    subject, "there is no document", "Run: affray-agent cameras add " + id + " or remove " + id));
        }
        if (!document.get().has("source")) {
            return List.of(Finding.skip(
                    subject, "its document has no source; it plays a file that only the command line of run names"));
        }
        if (secrets.isEmpty() && document.get().path("source").has("secret")) {
            return List.of(Finding.skip(subject, "its login is in the secrets file, see above"));
        }
        Sources sources = new Sources(Map.of(), false, secrets.orElse(Secrets.NONE));
        return switch (sources.read(id, document.get())) {
            case Reading.Refused<CameraPlan>(List<Problem> problems) ->
                problems.stream()
                        .map(problem -> Finding.fail(
                                subject,
                                problem.toString(),
                                "Mend its document: affray-agent cameras set " + id + " PATH=VALUE"))
                        .toList();
            case Reading.Accepted<CameraPlan>(CameraPlan plan) -> probe(subject, plan);
        };
    }

    private List<Finding> probe(String subject, CameraPlan plan) {
        Probe probe = new Probe(plan.source(), watch, patience);
        ObjectNode none = JsonNodeFactory.instance.objectNode();
        ProbeReport report = ProbeReport.of(plan, probe.run(), none);
        StreamFacts video = report.video();
        if (video == null) {
            return List.of(Finding.fail(
                    subject,
                    report.source() + ": " + report.problem(),
                    report.remedy() == null ? "Look at it with: affray-agent probe" : report.remedy()));
        }
        return List.of(judged(subject, report.source(), video, probe.firstPictureMillis(), report.problem()));
    }

    private static Finding judged(
            String subject, String source, StreamFacts video, OptionalLong firstPicture, @Nullable String ending) {
        List<String> wrong = new ArrayList<>();
        Double distance = video.pace().keySeconds();
        if (ending != null) {
            wrong.add("the stream was lost: " + ending);
        }
        if (firstPicture.orElse(0) > SLOW_MILLIS) {
            wrong.add("the first picture is late");
        }
        if (!video.pace().intraOnly() && (distance == null || distance > SELDOM)) {
            wrong.add("key pictures are seldom: set the camera's key frame (I-frame, GOP) interval to 2 s");
        }
        String facts = source + ", " + facts(video, firstPicture);
        if (firstPicture.isEmpty()) {
            return Finding.fail(
                    subject,
                    facts,
                    video.pace().keys() == 0
                            ? "There was no key picture: set the camera's key frame (I-frame, GOP) interval to 2 s."
                            : "Its pictures cannot be decoded: set the camera to H.264.");
        }
        return wrong.isEmpty()
                ? Finding.ok(subject, facts)
                : Finding.warn(subject, facts, "Mind: " + String.join("; ", wrong) + ".");
    }

    private static String facts(StreamFacts video, OptionalLong firstPicture) {
        List<String> facts = new ArrayList<>();
        facts.add("%s %dx%d".formatted(video.codec(), video.width(), video.height()));
        if (video.pace().rate() != null) {
            facts.add(String.format(
                    Locale.ROOT, "%.1f pictures a second", video.pace().rate()));
        }
        facts.add(
                video.pace().intraOnly()
                        ? "every one a key picture"
                        : video.pace().keySeconds() == null
                                ? String.format(
                                        Locale.ROOT,
                                        "%d key pictures in %.1f s",
                                        video.pace().keys(),
                                        video.pace().seconds())
                                : String.format(
                                        Locale.ROOT,
                                        "a key picture every %.1f s",
                                        video.pace().keySeconds()));
        facts.add(
                firstPicture.isEmpty()
                        ? "no picture"
                        : String.format(Locale.ROOT, "the first picture after %.1f s", firstPicture.getAsLong() / 1e3));
        return String.join(", ", facts);
    }
}
