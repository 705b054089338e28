package dev.affray.cloud.local;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.affray.cloud.inference.Cause;
import dev.affray.cloud.inference.InferenceBatch;
import dev.affray.cloud.state.CameraRecord;
import dev.affray.cloud.state.CameraStore;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.Notification;
import dev.affray.cloud.state.NotificationStore;
import dev.affray.document.Json;
import dev.affray.frame.Line;
import dev.affray.health.CameraHealth;
import dev.affray.health.CameraState;
import dev.affray.health.FrameCounts;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import dev.affray.incident.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a run came to, as JSON.
 *
 * @param startedAt when it began
 * @param finishedAt when the report was made
 * @param agentRestarts how often the agent died and was started again
 * @param problems what could not run, a line each
 * @param disarmed frames that were captured while their camera was disarmed, and not judged
 * @param refused queue messages and events that can never be judged, and were dropped
 * @param putOff deliveries of events that had to come again, by cause
 * @param judgedBy frames judged for the first time in this run, by the detector that judged
 * @param cameras each camera's books
 * @param incidents those that this run opened or changed, by opening
 * @param notifications those about these incidents, by time
 */
record Report(
        Instant startedAt,
        Instant finishedAt,
        long agentRestarts,
        List<String> problems,
        long disarmed,
        long refused,
        Map<Cause, Long> putOff,
        Map<String, Long> judgedBy,
        List<CameraLine> cameras,
        List<IncidentLine> incidents,
        List<NotificationLine> notifications) {
    private static final int MOST_INCIDENTS = 10_000;

    /**
     * One camera.
     *
     * @param camera its id
     * @param state what its agent said last
     * @param detail why
     * @param counts the agent's books, since its last start
     * @param detections frames judged for the first time in this run
     */
    record CameraLine(
            String camera,
            @Nullable CameraState state,
            @Nullable String detail,
            @JsonUnwrapped FrameCounts counts,
            long detections) {}

    /**
     * One incident.
     *
     * @param latencyMillis from the capture of the frame with which the rule began to hold to the handing over of the first notification
     */
    record IncidentLine(
            String id,
            String camera,
            IncidentKind kind,
            Line line,
            Instant opened,
            Instant lastPositive,
            @Nullable Instant closed,
            double peakConfidence,
            Severity severity,
            @Nullable String mergedInto,
            int notifications,
            @Nullable Long latencyMillis) {}

    /**
     * One message by one channel.
     *
     * @param outcome how it ended; absent while it waits
     * @param sentAt when it went out; absent where it did not
     */
    record NotificationLine(
            String incident,
            String camera,
            String step,
            String channel,
            int attempts,
            Notification.@Nullable Outcome outcome,
            @Nullable Instant sentAt,
            @Nullable String receipt) {}

    /** Gathers the report of a run. */
    static Report of(
            Instant startedAt,
            Instant now,
            long agentRestarts,
            List<String> problems,
            CameraStore cameras,
            IncidentStore incidents,
            NotificationStore notifications,
            InferenceBatch.Counts judged) {
        List<Incident> touched = incidents.recent(MOST_INCIDENTS).stream()
                .filter(i -> !i.changedAt().isBefore(startedAt))
                .sorted((a, b) -> a.opened().compareTo(b.opened()))
                .toList();
        return new Report(
                startedAt,
                now,
                agentRestarts,
                problems,
                judged.disarmed(),
                judged.refused(),
                judged.putOff(),
                judged.judgedBy(),
                cameras.cameras().stream()
                        .filter(CameraRecord::listed)
                        .map(c -> line(c, startedAt, judged.detections()))
                        .toList(),
                touched.stream().map(i -> line(i, notifications.of(i.id()))).toList(),
                touched.stream()
                        .flatMap(i -> notifications.of(i.id()).stream().map(n -> line(i, n)))
                        .sorted((a, b) -> String.valueOf(a.sentAt()).compareTo(String.valueOf(b.sentAt())))
                        .toList());
    }

    /** Writes the report, whole or not at all. */
    void write(Path file) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(partial, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
        Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static CameraLine line(CameraRecord camera, Instant startedAt, Map<String, Long> detections) {
        Instant at = camera.healthAt();
        CameraHealth health = at == null || at.isBefore(startedAt) ? null : camera.health();
        return new CameraLine(
                camera.id().camera(),
                health == null ? null : health.state(),
                health == null ? "its agent has not reported yet" : health.detail(),
                health == null ? FrameCounts.NONE : health.counts(),
                detections.getOrDefault(camera.id().toString(), 0L));
    }

    private static IncidentLine line(Incident i, List<Notification> notifications) {
        Instant first = notifications.stream()
                .filter(Notification::isTold)
                .map(Notification::settledAt)
                .flatMap(Stream::ofNullable)
                .min(Instant::compareTo)
                .orElse(null);
        return new IncidentLine(
                i.id(),
                i.camera().camera(),
                i.kind(),
                i.line(),
                i.opened(),
                i.lastPositive(),
                i.closed(),
                i.peakConfidence(),
                i.severity(),
                i.mergedInto(),
                (int) notifications.stream().filter(Notification::isTold).count(),
                first == null ? null : Duration.between(i.opened(), first).toMillis());
    }

    private static NotificationLine line(Incident incident, Notification n) {
        return new NotificationLine(
                n.incident(),
                incident.camera().camera(),
                n.step().name(),
                n.channel(),
                n.attempts(),
                n.outcome(),
                n.isTold() ? n.settledAt() : null,
                n.receipt());
    }
}
