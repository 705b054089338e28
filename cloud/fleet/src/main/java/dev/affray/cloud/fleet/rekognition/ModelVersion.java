package dev.affray.cloud.fleet.rekognition;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model's version, as its ARN names it.
 *
 * @param region where it is, and where it is asked for
 * @param project the name of its project, whose ARN it does not tell
 * @param name the version's own name, which is the one of that name in its project
 */
public record ModelVersion(String arn, String region, String project, String name) {
    private static final Pattern ARN = Pattern.compile(
            "arn:[a-z0-9-]+:rekognition:([a-z0-9-]+):\\d{12}:project/([\\w.-]+)/version/([\\w.-]+)/\\d+");

    /** Reads an ARN; empty when it is none of a model version. */
    public static Optional<ModelVersion> of(String arn) {
        Matcher parts = ARN.matcher(arn);
        return parts.matches()
                ? Optional.of(new ModelVersion(arn, parts.group(1), parts.group(2), parts.group(3)))
                : Optional.empty();
    }
}
