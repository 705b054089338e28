package dev.affray.cdk.deployment;

import java.util.List;
import java.util.Optional;

/**
 * A whole deployment.yaml.
 *
 * @param name of the stack, and the beginning of the names that gateways are told
 * @param account empty: of the credentials that deploy
 * @param region empty: of the credentials that deploy
 * @param alerts who is told of possible fights
 * @param operations mail addresses that are told of trouble of Affray itself
 * @param credentialsEndpoint the account's host of the AWS IoT credentials provider, which new gateways are told; CloudFormation does not know it
 */
public record Deployment(
        String name,
        Optional<String> account,
        Optional<String> region,
        Judge judge,
        Recipients alerts,
        List<String> operations,
        Retention retention,
        Concurrency concurrency,
        Removal removal,
        Optional<String> credentialsEndpoint) {
    public Deployment {
        operations = List.copyOf(operations);
    }

    /**
     * Who is told of possible fights.
     *
     * @param email of live and delayed ones
     * @param sms of live ones, in E.164
     */
    public record Recipients(List<String> email, List<String> sms) {
        static final Recipients DEFAULT = new Recipients(List.of(), List.of());

        public Recipients {
            email = List.copyOf(email);
            sms = List.copyOf(sms);
        }
    }

    /** How long things are kept, in days; {@code logsDays} is a number that CloudWatch Logs knows. */
    public record Retention(int framesDays, int detectionsDays, int incidentsDays, int logsDays) {
        static final Retention DEFAULT = new Retention(14, 14, 365, 30);
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
