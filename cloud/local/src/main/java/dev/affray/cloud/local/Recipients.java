package dev.affray.cloud.local;

import dev.affray.recipient.Filter;
import dev.affray.recipient.Recipient;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who is told.
 *
 * @param alerts of a possible fight
 * @param escalation of a fight of which nobody took charge
 * @param escalateAfter how long those under alerts have for that
 * @param operations of cameras that are gone
 */
record Recipients(Audience alerts, Audience escalation, Duration escalateAfter, Audience operations) {
    static final Duration ESCALATE_AFTER = Duration.ofMinutes(5);

    /** The people and programs of one group. */
    record Audience(List<Recipient> email, List<Webhook> webhook) {
        static final Audience NOBODY = new Audience(List.of(), List.of());

        Audience {
            email = List.copyOf(email);
            webhook = List.copyOf(webhook);
        }

        boolean isNobody() {
            return email.isEmpty() && webhook.isEmpty();
        }
    }

    /**
     * A program that is told.
     *
     * @param to the URL, checked; it may be a secret in itself
     * @param unprotected whether http:// to another machine is meant
     * @param secretVariable the environment variable that holds its secret
     */
    record Webhook(String to, boolean unprotected, String secretVariable, Filter filter) {
        static final String SECRET_VARIABLE = "AFFRAY_WEBHOOK_SECRET";

        /** Without the URL. */
        @Override
        public String toString() {
            return "Webhook[" + secretVariable + "]";
        }
    }

    List<Audience> groups() {
        return List.of(alerts, escalation, operations);
    }

    /** The mail addresses of all groups, each once. */
    List<String> addresses() {
        return groups().stream()
                .flatMap(group -> group.email().stream())
                .map(Recipient::to)
                .distinct()
                .toList();
    }

    Stream<Webhook> webhooks() {
        return groups().stream().flatMap(group -> group.webhook().stream());
    }
}
