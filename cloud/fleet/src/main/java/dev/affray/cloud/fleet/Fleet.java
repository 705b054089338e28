package dev.affray.cloud.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.camera.CameraConfig;
import dev.affray.camera.CameraDocument;
import dev.affray.camera.GatewayConfig;
import dev.affray.camera.Reported;
import dev.affray.cloud.state.CameraStore;
import dev.affray.command.CommandAnswer;
import dev.affray.document.Json;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import dev.affray.frame.CameraId;
import dev.affray.health.HealthReport;
import dev.affray.health.Presence;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the camera table in step with the shadows and with what gateways say:
 *
 * <pre>
 * shadow update/documents -> desired read strictly -> document kept, or refused and nothing changed
 *                         -> reported              -> report kept
 * affray/THING/health     -> report of that very gateway -> health kept, stamped with the cloud's clock
 * affray/THING/presence   -> presence, stamped with the cloud's clock
 * affray/THING/answers/CAMERA -> a line of the audit
 * </pre>
 *
 * A message that cannot be read is counted and logged when its complaint is new; it never throws. What the store throws passes through, so that
 * the caller can deliver the message again: taking one over twice changes nothing. Thread-safe.
 */
public final class Fleet {
    /** Of a name of its own, so that it can be filtered for, and kept for longer. */
    private static final Logger AUDIT = LoggerFactory.getLogger("affray.audit");

    private static final int LONGEST_AUDIT = 4000;

    private static final String CAMERA_SHADOW = CameraConfig.shadowName("");

    private final CameraStore cameras;
    private final Clock clock;
    private final Complaints complaints = new Complaints();
    private final LongAdder documents = new LongAdder();
    private final LongAdder refusedDocuments = new LongAdder();
    private final LongAdder reports = new LongAdder();
    private final LongAdder health = new LongAdder();
    private final LongAdder presence = new LongAdder();
    private final LongAdder answers = new LongAdder();
    private final LongAdder ignoredShadows = new LongAdder();
    private final LongAdder malformed = new LongAdder();

    /** @param clock stamps what gateways say */
    public Fleet(CameraStore cameras, Clock clock) {
        this.cameras = cameras;
        this.clock = clock;
    }

    /** Takes a message of {@code $aws/things/THING/shadow/name/SHADOW/update/documents}. Shadows other than {@code gateway} and {@code camera-ID} are ignored. */
    public void shadowDocuments(String thing, String shadowName, byte[] documentsJson) {
        boolean camera =
                shadowName.startsWith(CAMERA_SHADOW) && CameraId.isName(shadowName.substring(CAMERA_SHADOW.length()));
        if (!camera && !shadowName.equals(GatewayConfig.SHADOW_NAME)) {
            ignoredShadows.increment();
            return;
        }
        String subject = "shadow " + shadowName + " of " + thing;
        ShadowMessage message;
        Optional<CameraId> id;
        try {
            Messages.checkThing(thing);
            id = camera
                    ? Optional.of(new CameraId(thing, shadowName.substring(CAMERA_SHADOW.length())))
                    : Optional.empty();
            message = ShadowMessage.read(documentsJson);
        } catch (IllegalArgumentException e) {
            malformed("a message of " + subject, e);
            return;
        }
        complaints.settle("a message of " + subject);
        message.desired().ifPresent(desired -> desired(subject, thing, id, message.version(), desired));
        message.reported().ifPresent(reported -> id.ifPresent(c -> reported(subject, c, message.version(), reported)));
    }

    private void desired(String subject, String thing, Optional<CameraId> camera, long version, JsonNode desired) {
        List<Problem> problems = camera.map(id -> cameraDocument(id, version, desired))
                .orElseGet(() -> gatewayDocument(thing, version, desired));
        String document = "the document in " + subject;
        if (problems.isEmpty()) {
            documents.increment();
            complaints.settle(document);
        } else {
            refusedDocuments.increment();
            String reasons = problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
            complaints.raise(document, "is refused and changes nothing: " + reasons);
        }
    }

    private List<Problem> cameraDocument(CameraId camera, long version, JsonNode desired) {
        return switch (CameraDocument.read(desired)) {
            case Reading.Refused<CameraConfig> refused -> refused.problems();
            case Reading.Accepted<CameraConfig> _ -> {
                cameras.putDocument(camera, version, desired);
                yield List.of();
            }
        };
    }

    private List<Problem> gatewayDocument(String thing, long version, JsonNode desired) {
        return switch (GatewayConfig.read(desired)) {
            case Reading.Refused<GatewayConfig> refused -> refused.problems();
            case Reading.Accepted<GatewayConfig> accepted -> {
                cameras.putGatewayDocument(thing, version, accepted.value());
                yield List.of();
            }
        };
    }

    private void reported(String subject, CameraId camera, long version, JsonNode state) {
        String report = "the report in " + subject;
        Reported reported;
        try {
            reported = Messages.reported(state);
        } catch (IllegalArgumentException e) {
            malformed(report, e);
            return;
        }
        cameras.putReported(camera, version, reported);
        reports.increment();
        complaints.settle(report);
    }

    /** Takes a message of {@code affray/THING/health}. */
    public void health(String topic, byte[] json) {
        HealthReport report;
        try {
            report = Messages.health(Messages.thing(topic, "health"), json);
        } catch (IllegalArgumentException e) {
            malformed("a message on " + topic, e);
            return;
        }
        cameras.putHealth(report, clock.instant());
        health.increment();
        complaints.settle("a message on " + topic);
    }

    /** Takes a message of {@code affray/THING/presence}. It counts from now on the cloud's clock, for a last will carries no time. */
    public void presence(String topic, byte[] json) {
        String thing;
        Presence message;
        try {
            thing = Messages.thing(topic, "presence");
            message = Messages.presence(json);
        } catch (IllegalArgumentException e) {
            malformed("a message on " + topic, e);
            return;
        }
        cameras.putPresence(thing, message.online(), clock.instant());
        presence.increment();
        complaints.settle("a message on " + topic);
    }

    /** Takes a message of {@code affray/THING/answers/CAMERA}: the cloud's own trail of who asked a gateway for what, and what became of it. */
    public void answer(String topic, byte[] json) {
        CommandAnswer answer;
        try {
            answer = Messages.answer(topic, json);
        } catch (IllegalArgumentException e) {
            malformed("a message on " + topic, e);
            return;
        }
        AUDIT.info(
                "{}",
                Complaints.printable("audit " + topic.split("/", -1)[1] + " " + Json.write(answer), LONGEST_AUDIT));
        answers.increment();
        complaints.settle("a message on " + topic);
    }

    /** What came in so far. */
    public Counts counts() {
        return new Counts(
                documents.sum(),
                refusedDocuments.sum(),
                reports.sum(),
                health.sum(),
                presence.sum(),
                answers.sum(),
                ignoredShadows.sum(),
                malformed.sum());
    }

    private void malformed(String subject, IllegalArgumentException reason) {
        malformed.increment();
        complaints.raise(subject, "cannot be read, so it is dropped: " + reason.getMessage());
    }
}
