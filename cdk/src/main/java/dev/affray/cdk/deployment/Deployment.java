package dev.affray.cdk.deployment;

import dev.affray.recipient.MailRecipients;
import dev.affray.recipient.Recipient;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A whole deployment.yaml.
 *
 * @param name of the stack, and the beginning of the names that gateways are told
 * @param account empty: of the credentials that deploy
 * @param region empty: of the credentials that deploy
 * @param alerts who is told of possible fights
 * @param escalation who is told of a fight of which nobody took charge
 * @param operations who is told of cameras that are gone, and of trouble of Affray itself
 * @param sesFrom who mails through SES come from; empty: SNS sends them
 * @param credentialsEndpoint the account's host of the AWS IoT credentials provider, which new gateways are told; CloudFormation does not know it
 * @param links what alerts link to
 */
public record Deployment(
        String name,
        Optional<String> account,
        Optional<String> region,
        Judge judge,
        Audience alerts,
        Escalation escalation,
        Audience operations,
        Optional<String> sesFrom,
        Retention retention,
        Concurrency concurrency,
        Removal removal,
        Optional<String> credentialsEndpoint,
        Links links) {
    /** The recipients of one group. */
    public record Audience(List<Recipient> email, List<Recipient> sms, List<Recipient> https) {
        /** Nobody. */
        public static final Audience NOBODY = new Audience(List.of(), List.of(), List.of());

        public Audience {
            email = List.copyOf(email);
            sms = List.copyOf(sms);
            https = List.copyOf(https);
        }

        /** All of them. */
        public Stream<Recipient> all() {
            return Stream.of(email, sms, https).flatMap(List::stream);
        }
    }

    /**
     * Who is told when nobody took charge of a fight.
     *
     * @param afterMinutes how long the others have for that
     */
    public record Escalation(int afterMinutes, Audience audience) {
        static final Escalation DEFAULT = new Escalation(5, Audience.NOBODY);
    }

    /** Who gets mails through SES. */
    public MailRecipients mailRecipients() {
        return new MailRecipients(alerts.email(), escalation.audience().email(), operations.email());
    }

    /** How long things are kept, in days; {@code logsDays} is a number that CloudWatch Logs knows. */
    public record Retention(int framesDays, int detectionsDays, int incidentsDays, int logsDays) {
        static final Retention DEFAULT = new Retention(14, 14, 365, 30);
    }

    /**
     * The links of alerts.
     *
     * @param days how long one is good
     * @param baseUrl what they begin with, where that is not the API's own address: https, and no path
     */
    public record Links(int days, Optional<URI> baseUrl) {
        static final Links DEFAULT = new Links(7, Optional.empty());
    }

    /** How many batches are judged at once, of each line. */
    public record Concurrency(int live, int backlog) {
        static final Concurrency DEFAULT = new Concurrency(5, 2);
    }

    /** What becomes of bucket and tables when the stack is deleted. */
    public enum Removal {
        RETAIN,
        DESTROY
    }
}
