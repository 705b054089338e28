package dev.affray.cloud.alerting.sns;

import dev.affray.cloud.alerting.Alert;
import dev.affray.cloud.alerting.AlertDocument;
import dev.affray.cloud.alerting.AlertMail;
import dev.affray.cloud.alerting.SmsText;
import dev.affray.document.Json;
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
        bodies.put("default", AlertDocument.of(alert));
        bodies.put("email", AlertMail.of(alert, Optional.empty(), 0).text());
        bodies.put("sms", SmsText.of(alert));
        return Json.write(bodies);
    }
}
