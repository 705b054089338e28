package dev.affray.cloud.alerting.sns;

import dev.affray.cloud.alerting.AlertDocument;
import dev.affray.cloud.alerting.AlertMail;
import dev.affray.cloud.alerting.Message;
import dev.affray.cloud.alerting.SmsText;
import dev.affray.document.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The bodies of one message. {@code email}: text, as SNS sends no HTML and no picture. {@code sms}: one part. {@code default}: a JSON document, for
 * programs that subscribe by HTTPS, SQS or Lambda.
 */
final class Bodies {
    private Bodies() {}

    /** The message of structure {@code json}. */
    static String of(Message message) {
        Map<String, String> bodies = new LinkedHashMap<>();
        bodies.put("default", AlertDocument.of(message));
        bodies.put("email", AlertMail.of(message).text());
        bodies.put("sms", SmsText.of(message));
        return Json.write(bodies);
    }
}
