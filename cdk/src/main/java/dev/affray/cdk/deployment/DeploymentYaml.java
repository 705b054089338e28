package dev.affray.cdk.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.cdk.deployment.Deployment.Audience;
import dev.affray.cdk.deployment.Deployment.Concurrency;
import dev.affray.cdk.deployment.Deployment.Escalation;
import dev.affray.cdk.deployment.Deployment.Links;
import dev.affray.cdk.deployment.Deployment.Removal;
import dev.affray.cdk.deployment.Deployment.Retention;
import dev.affray.document.Fields;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import dev.affray.document.Yaml;
import dev.affray.recipient.RecipientFields;
import dev.affray.recipient.Told;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads deployment.yaml: strictly, and with all of its problems at once. */
public final class DeploymentYaml {
    /** What CloudWatch Logs takes as the retention of a log group. */
    private static final Set<Integer> LOG_DAYS = new TreeSet<>(List.of(
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653));

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,30}");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]");
    private static final Pattern CREDENTIALS_ENDPOINT =
            Pattern.compile("[a-z0-9]+\\.credentials\\.iot\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?");
    private static final Pattern BASE_URL = Pattern.compile("https://[a-z0-9]([a-z0-9.-]{0,58}[a-z0-9])?");
    private static final int MAX_DAYS = 3650;
    private static final int MAX_ESCALATION_MINUTES = 240;
    private static final int MAX_LINK_DAYS = 90;

    private DeploymentYaml() {}

    /** Reads the file. */
    public static Reading<Deployment> load(Path file) {
        return switch (Yaml.read(file)) {
            case Reading.Refused<JsonNode>(List<Problem> problems) -> new Reading.Refused<>(problems);
            case Reading.Accepted<JsonNode>(JsonNode document) -> read(document);
        };
    }

    /** Reads the document alone. */
    static Reading<Deployment> read(JsonNode document) {
        return Fields.read(document, DeploymentYaml::deployment);
    }

    private static Deployment deployment(Fields fields) {
        Optional<String> region = fields.optionalText("region", REGION, "an AWS region such as eu-central-1");
        return new Deployment(
                fields.optionalText("name", NAME, "1 to 31 of a-z 0-9 - beginning with a letter")
                        .orElse("affray"),
                fields.optionalText("account", ACCOUNT, "the twelve digits of an AWS account, in quotes"),
                region,
                judge(fields, region),
                fields.objectOrDefaults("alerts", section -> audience(section, Told.FIGHTS), Audience.NOBODY),
                fields.objectOrDefaults("escalation", DeploymentYaml::escalation, Escalation.DEFAULT),
                fields.objectOrDefaults("operations", section -> audience(section, Told.CONDITIONS), Audience.NOBODY),
                fields.objectOrDefaults("ses", DeploymentYaml::sender, Optional.empty()),
                fields.objectOrDefaults("retention", DeploymentYaml::retention, Retention.DEFAULT),
                fields.objectOrDefaults("concurrency", DeploymentYaml::concurrency, Concurrency.DEFAULT),
                fields.choice("removal", Removal.class, Removal.RETAIN),
                fields.objectOrDefaults("gateways", section -> credentialsEndpoint(section, region), Optional.empty()),
                fields.objectOrDefaults("links", DeploymentYaml::links, Links.DEFAULT));
    }

    private static Optional<String> credentialsEndpoint(Fields fields, Optional<String> region) {
        String rule = "what 'aws iot describe-endpoint --endpoint-type iot:CredentialProvider' tells,"
                + " such as c1b2c3d4e5f6g7.credentials.iot.eu-central-1.amazonaws.com";
        Optional<String> host = fields.optionalText("credentialsEndpoint", CREDENTIALS_ENDPOINT, rule);
        Matcher parts = CREDENTIALS_ENDPOINT.matcher(host.orElse(""));
        if (region.isPresent() && parts.matches() && !parts.group(1).equals(region.get())) {
            fields.problem("credentialsEndpoint", "is of " + parts.group(1) + ", but the region is " + region.get());
        }
        return host;
    }

    private static Judge judge(Fields fields, Optional<String> region) {
        Judge judge = fields.objectOrDefaults("detector", JudgeSection::read, new Judge.EdgeScore());
        Judge asked = judge instanceof Judge.Cascade(var _, Judge.Dear dear) ? dear : judge;
        if (asked instanceof Judge.CustomLabels(var _, String arn) && region.isPresent()) {
            String[] parts = arn.split(":", -1);
            if (parts.length > 3 && !parts[3].equals(region.get())) {
                fields.problem(
                        "detector.modelArn", "is a model in " + parts[3] + ", but the region is " + region.get());
            }
        }
        return judge;
    }

    private static Audience audience(Fields fields, Told told) {
        return new Audience(
                RecipientFields.publicEmails(fields, told),
                RecipientFields.numbers(fields, told),
                RecipientFields.urls(fields, told));
    }

    private static Escalation escalation(Fields fields) {
        int minutes = fields.integer("afterMinutes", 1, MAX_ESCALATION_MINUTES, Escalation.DEFAULT.afterMinutes());
        return new Escalation(minutes, audience(fields, Told.FIGHTS));
    }

    private static Optional<String> sender(Fields fields) {
        Optional<String> from = fields.optionalText("from", RecipientFields.PUBLIC_EMAIL, "a mail address");
        if (!fields.has("from")) {
            fields.problem("from", "is missing; an address that SES has verified, or of a domain that it has");
        }
        return from;
    }

    private static Retention retention(Fields fields) {
        return new Retention(
                fields.integer("framesDays", 1, MAX_DAYS, Retention.DEFAULT.framesDays()),
                fields.integer("detectionsDays", 1, MAX_DAYS, Retention.DEFAULT.detectionsDays()),
                fields.integer("incidentsDays", 1, MAX_DAYS, Retention.DEFAULT.incidentsDays()),
                logsDays(fields));
    }

    private static int logsDays(Fields fields) {
        OptionalInt days = fields.optionalInteger("logsDays", 1, 3653);
        if (days.isPresent() && !LOG_DAYS.contains(days.getAsInt())) {
            fields.problem("logsDays", "is " + days.getAsInt() + "; CloudWatch Logs knows only " + LOG_DAYS);
        }
        return days.orElse(Retention.DEFAULT.logsDays());
    }

    private static Links links(Fields fields) {
        return new Links(
                fields.integer("days", 1, MAX_LINK_DAYS, Links.DEFAULT.days()),
                fields.optionalText("baseUrl", BASE_URL, "https and a host, such as https://affray.example.org")
                        .map(URI::create));
    }

    private static Concurrency concurrency(Fields fields) {
        return new Concurrency(
                fields.integer("live", 2, 1000, Concurrency.DEFAULT.live()),
                fields.integer("backlog", 2, 1000, Concurrency.DEFAULT.backlog()));
    }
}
