package dev.affray.cloud.alerting.sns;

import dev.affray.cloud.alerting.Alert;
import dev.affray.cloud.alerting.AlertMail;
import dev.affray.cloud.alerting.SmsText;
import dev.affray.document.Json;
import dev.affray.incident.Incident;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The bodies of one message. {@code email}: text, as SNS sends no HTML and no picture. {@code sms}: one part. {@code default}: a JSON document, for
 * programs that subscribe by HTTPS, SQS or Lambda.
 */
final class Bodies {
    private Bodies() {}

    /** The message of structure {@code json}. */
    static String of(Alert alert) {
        Map<String, String> bodies = new LinkedHashMap<>();
        bodies.put("default", Json.write(document(alert)));
        bodies.put("email", AlertMail.of(alert, Optional.empty(), 0).text());
        bodies.put("sms", SmsText.of(alert));
        return Json.write(bodies);
    }

    private static Map<String, Object> document(Alert alert) {
        Incident incident = alert.incident();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("alert", alert.id());
        document.put("incident", incident.id());
        document.put("step", alert.step());
        document.put("kind", incident.kind());
        document.put("severity", incident.severity());
        document.put("line", incident.line());
        document.put("camera", incident.camera().toString());
        document.put("cameraName", alert.cameraName());
        document.put("site", alert.site().name());
        document.put("zone", alert.site().zone().getId());
        document.put("opened", incident.opened());
        document.put("lastPositive", incident.lastPositive());
        if (incident.kind().isCondition()) {
            document.put("detail", incident.detail());
        } else {
            document.put("confidence", incident.peakConfidence());
        }
        document.put("late", alert.late());
        return document;
    }
}
