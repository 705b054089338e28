package dev.affray.agent.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.agent.camera.SecretsFile;
import dev.affray.agent.capture.ClipBounds;
import dev.affray.agent.identity.RenewalRules;
import dev.affray.agent.iot.CredentialsSource;
import dev.affray.agent.iot.IotEndpoint;
import dev.affray.agent.spool.Fsync;
import dev.affray.agent.spool.SpoolBounds;
import dev.affray.agent.upload.Bucket;
import dev.affray.agent.upload.UploadLimits;
import dev.affray.document.Fields;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import dev.affray.document.Yaml;
import dev.affray.frame.CameraId;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Reads {@code agent.yaml}: whole or not at all, every problem at once. Relative paths are relative to the file's own folder; {@code credential:NAME} is a file
 * that systemd hands to the service.
 */
public final class AgentYaml {
    private static final int MEGABYTE = 1024 * 1024;
    private static final int MAX_PATH = 4096;
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{2,32}");
    private static final Pattern ROLE_ALIAS = Pattern.compile("[A-Za-z0-9_=,@-]{1,128}");
    private static final Pattern TEMPLATE = Pattern.compile("[A-Za-z0-9_-]{1,36}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}");

    private static final String CREDENTIAL_PREFIX = "credential:";
    private static final Pattern CREDENTIAL = Pattern.compile("[A-Za-z0-9_@-][A-Za-z0-9._@-]{0,63}");
    private static final String CREDENTIALS_FOLDER = "CREDENTIALS_DIRECTORY";

    private final Path folder;
    private final Map<String, String> environment;

    private AgentYaml(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /** Reads the file, and sees that the files it names are there. */
    public static Reading<AgentConfig> load(Path file) {
        return load(file, System.getenv());
    }

    static Reading<AgentConfig> load(Path file, Map<String, String> environment) {
        return switch (Yaml.read(file)) {
            case Reading.Refused<JsonNode>(List<Problem> problems) -> new Reading.Refused<>(problems);
            case Reading.Accepted<JsonNode>(JsonNode document) -> {
                Reading<AgentConfig> reading =
                        read(document, file.toAbsolutePath().resolveSibling("."), environment);
                yield reading instanceof Reading.Accepted<AgentConfig>(AgentConfig config) ? files(config) : reading;
            }
        };
    }

    /** Reads the document alone. */
    static Reading<AgentConfig> read(JsonNode document, Path folder, Map<String, String> environment) {
        return Fields.read(document, new AgentYaml(folder, environment)::agent);
    }

    private static Reading<AgentConfig> files(AgentConfig config) {
        List<Problem> problems = new ArrayList<>();
        readable("$.iot.certificate", config.iot().certificate(), problems);
        readable("$.iot.privateKey", config.iot().privateKey(), problems);
        config.iot().authority().ifPresent(file -> readable("$.iot.authority", file, problems));
        config.scoreModel().ifPresent(file -> readable("$.score.model", file, problems));
        config.secrets().ifPresent(file -> readable("$.secrets", file.path(), problems));
        return problems.isEmpty() ? new Reading.Accepted<>(config) : new Reading.Refused<>(problems);
    }

    private static void readable(String path, Path file, List<Problem> problems) {
        if (!Files.isRegularFile(file)) {
            problems.add(new Problem(path, "there is no file " + file));
        } else if (!Files.isReadable(file)) {
            problems.add(new Problem(path, "the file " + file + " may not be read by this user"));
        }
    }

    private AgentConfig agent(Fields fields) {
        String thing = fields.text("thing", 64);
        if (!thing.isBlank() && !CameraId.isName(thing)) {
            fields.problem("thing", "'" + thing + "' is not " + CameraId.NAME_RULE);
        }
        Spool spool = fields.objectOrDefaults("spool", AgentYaml::spool, Spool.DEFAULT);
        return new AgentConfig(
                thing,
                resolve(fields, "data", fields.text("data", MAX_PATH)),
                fields.object("iot", this::iot).orElse(new IotEndpoint("", 0, folder, folder, Optional.empty())),
                fields.object("credentials", AgentYaml::credentials).orElse(new CredentialsSource(URI.create(""), "")),
                fields.object("s3", AgentYaml::s3).orElse(new Bucket("", "", Optional.empty())),
                spool.bounds(),
                spool.fsync(),
                fields.objectOrDefaults("upload", AgentYaml::upload, UploadLimits.DEFAULT),
                fields.objectOrDefaults("health", AgentYaml::health, AgentConfig.DEFAULT_HEALTH_INTERVAL),
                fields.objectOrDefaults("clips", AgentYaml::clips, AgentConfig.DEFAULT_CLIPS),
                fields.objectOrDefaults("score", this::score, Optional.empty()),
                fields.optionalText("secrets", MAX_PATH)
                        .map(text ->
                                new SecretsFile(file(fields, "secrets", text), text.startsWith(CREDENTIAL_PREFIX))),
                fields.objectOrDefaults("renewal", AgentYaml::renewal, RenewalRules.DEFAULT),
                fields.objectOrDefaults("status", StatusSection::read, AgentConfig.DEFAULT_STATUS));
    }

    private IotEndpoint iot(Fields fields) {
        return new IotEndpoint(
                required(fields, "endpoint", HOST, "a host name, without scheme or port"),
                fields.integer("port", 1, 65535, AgentConfig.DEFAULT_PORT),
                file(fields, "certificate", fields.text("certificate", MAX_PATH)),
                file(fields, "privateKey", fields.text("privateKey", MAX_PATH)),
                fields.optionalText("authority", MAX_PATH).map(text -> file(fields, "authority", text)));
    }

    private static CredentialsSource credentials(Fields fields) {
        URI endpoint = url(fields, "endpoint", fields.text("endpoint", 1024), List.of("https"));
        return new CredentialsSource(
                endpoint, required(fields, "roleAlias", ROLE_ALIAS, "the name of an AWS IoT role alias"));
    }

    private static Bucket s3(Fields fields) {
        return new Bucket(
                required(fields, "bucket", BUCKET, "the name of an S3 bucket"),
                required(fields, "region", REGION, "an AWS region such as eu-central-1"),
                fields.optionalText("endpoint", 1024)
                        .map(text -> url(fields, "endpoint", text, List.of("https", "http"))));
    }

    private record Spool(SpoolBounds bounds, Fsync fsync) {
        static final Spool DEFAULT = new Spool(SpoolBounds.DEFAULT, AgentConfig.DEFAULT_FSYNC);
    }

    private static Spool spool(Fields fields) {
        SpoolBounds usual = SpoolBounds.DEFAULT;
        SpoolBounds bounds = new SpoolBounds(
                megabytes(fields, "maxMegabytes", 1, usual.maxBytes()),
                Duration.ofHours(fields.integer(
                        "maxAgeHours", 1, 8760, (int) usual.maxAge().toHours())),
                megabytes(fields, "minFreeMegabytes", 0, usual.minFreeBytes()));
        return new Spool(bounds, fields.choice("fsync", Fsync.class, AgentConfig.DEFAULT_FSYNC));
    }

    /** In bytes. */
    private static long megabytes(Fields fields, String field, int min, long usualBytes) {
        return (long) fields.integer(field, min, 100_000_000, (int) (usualBytes / MEGABYTE)) * MEGABYTE;
    }

    private static UploadLimits upload(Fields fields) {
        OptionalInt kilobytes = fields.optionalInteger("maxKilobytesPerSecond", 8, 10_000_000);
        return new UploadLimits(
                fields.integer("concurrency", 1, 64, UploadLimits.DEFAULT.concurrency()),
                kilobytes.isEmpty() ? OptionalLong.empty() : OptionalLong.of(1024L * kilobytes.getAsInt()));
    }

    private static Duration health(Fields fields) {
        return Duration.ofSeconds(
                fields.integer("intervalSeconds", 5, 3600, (int) AgentConfig.DEFAULT_HEALTH_INTERVAL.toSeconds()));
    }

    private static ClipBounds clips(Fields fields) {
        ClipBounds usual = AgentConfig.DEFAULT_CLIPS;
        int seconds = fields.integer("seconds", 0, 600, (int) usual.span().toSeconds());
        int megabytes = fields.integer("maxMegabytesPerCamera", 0, 1024, (int) (usual.maxBytes() / MEGABYTE));
        return new ClipBounds(Duration.ofSeconds(seconds), (long) megabytes * MEGABYTE);
    }

    private static RenewalRules renewal(Fields fields) {
        RenewalRules usual = RenewalRules.DEFAULT;
        return new RenewalRules(
                Duration.ofDays(fields.integer(
                        "daysBeforeExpiry", 1, 3650, (int) usual.beforeExpiry().toDays())),
                Duration.ofDays(fields.integer(
                        "maxAgeDays", 1, 3650, (int) usual.maxAge().toDays())),
                fields.optionalText("template", TEMPLATE, "the name of a provisioning template")
                        .orElse(usual.template()));
    }

    private Optional<Path> score(Fields fields) {
        return fields.optionalText("model", MAX_PATH).map(text -> resolve(fields, "model", text));
    }

    private static String required(Fields fields, String field, Pattern form, String rule) {
        Optional<String> text = fields.optionalText(field, form, rule);
        if (text.isEmpty()) {
            fields.problem(field, "is missing; " + rule);
        }
        return text.orElse("");
    }

    private static URI url(Fields fields, String field, String text, List<String> schemes) {
        if (text.isBlank()) {
            return URI.create("");
        }
        try {
            URI uri = new URI(text);
            if (uri.getScheme() == null || !schemes.contains(uri.getScheme()) || uri.getHost() == null) {
                fields.problem(
                        field,
                        "'" + text + "' is not an address beginning with " + String.join(":// or ", schemes) + "://");
            } else if (uri.getRawUserInfo() != null) {
                fields.problem(field, "must carry no user name or password");
            } else if (uri.getRawPath().length() > 1 || uri.getRawQuery() != null || uri.getRawFragment() != null) {
                fields.problem(field, "'" + text + "' must end after host and port");
            }
            return uri;
        } catch (URISyntaxException e) {
            fields.problem(field, "is not a URL: " + e.getReason());
            return URI.create("");
        }
    }

    private Path file(Fields fields, String field, String text) {
        return text.startsWith(CREDENTIAL_PREFIX)
                ? credential(fields, field, text.substring(CREDENTIAL_PREFIX.length()))
                : resolve(fields, field, text);
    }

    private Path credential(Fields fields, String field, String name) {
        String credentials = environment.getOrDefault(CREDENTIALS_FOLDER, "");
        if (!CREDENTIAL.matcher(name).matches()) {
            fields.problem(field, "'" + name + "' is not the name of a credential");
        } else if (credentials.isEmpty()) {
            fields.problem(
                    field,
                    "names a credential of systemd, but " + CREDENTIALS_FOLDER
                            + " is not set; the unit that starts the agent needs LoadCredential=" + name + ":/PATH");
        } else {
            return resolve(fields, field, credentials).resolve(name);
        }
        return folder;
    }

    private Path resolve(Fields fields, String field, String text) {
        try {
            return folder.resolve(text).normalize();
        } catch (InvalidPathException e) {
            fields.problem(field, "is not a path: " + e.getReason());
            return folder;
        }
    }
}
