package dev.affray.cloud.alerting;

import dev.affray.cloud.state.Mute;
import dev.affray.document.Json;
import dev.affray.incident.Incident;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message as the JSON document for programs: SNS's {@code default} body and what a webhook gets. {@code alert.schema.json} describes it. */
public final class AlertDocument {
    private AlertDocument() {}

    /** The document, on one line. Of a digest it holds the first {@link Digest#MOST_TOLD} alerts and the number of all. */
    public static String of(Message message) {
        return Json.write(
                switch (message) {
                    case Alert alert -> alert(alert);
                    case Digest digest -> digest(digest);
                });
    }

    private static Map<String, Object> digest(Digest digest) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("digest", digest.id());
        document.put("text", SmsText.of(digest));
        document.put("count", digest.alerts().size());
        document.put("alerts", digest.told().stream().map(AlertDocument::alert).toList());
        return document;
    }

    private static Map<String, Object> alert(Alert alert) {
        Incident incident = alert.incident();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("alert", alert.id());
        document.put("text", SmsText.of(alert));
        document.put("incident", incident.id());
        document.put("step", alert.step());
        document.put("kind", incident.kind());
        document.put("severity", incident.severity());
        document.put("line", incident.line());
        document.put("camera", incident.camera().toString());
        document.put("cameraName", alert.cameraName());
        document.put("site", alert.site().name());
        document.put("zone", alert.site().zone().getId());
        document.put("language", alert.site().language().code());
        document.put("at", alert.at());
        document.put("opened", incident.opened());
        document.put("lastPositive", incident.lastPositive());
        if (incident.kind().isCondition()) {
            putIfKnown(document, "detail", incident.detail());
        } else {
            document.put("confidence", incident.peakConfidence());
        }
        document.put("late", alert.late());
        alert.lead().ifPresent(lead -> document.put("lead", lead));
        putIfKnown(document, "acknowledgedAt", incident.acknowledgedAt());
        putIfKnown(document, "acknowledgedBy", incident.acknowledgedBy());
        putIfKnown(document, "judgement", incident.judgement());
        alert.mute().ifPresent(mute -> document.put("mute", mute(mute)));
        alert.page().ifPresent(page -> document.put("page", page));
        return document;
    }

    private static Map<String, Object> mute(Mute mute) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", mute.id());
        document.put("since", mute.since());
        document.put("until", mute.until());
        document.put("by", mute.by());
        putIfKnown(document, "ended", mute.ended());
        putIfKnown(document, "endedBy", mute.endedBy());
        return document;
    }

    private static void putIfKnown(Map<String, Object> document, String field, @Nullable Object value) {
        if (value != null) {
            document.put(field, value);
        }
    }
}
