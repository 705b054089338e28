package dev.affray.agent.camera;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.document.Fields;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import dev.affray.document.Yaml;
import dev.affray.frame.CameraId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The secrets file: a map of names to a user name, a password and the hosts they may be sent to. Only its owner may have access to it. */
public final class Secrets {
    /** A file without any. */
    public static final Secrets NONE = new Secrets(Map.of());

    private static final int MAX_HOSTS = 256;
    private static final int MAX_TEXT = 256;
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    /** Where systemd lets the service read it by an access control list, that list's mask stands in place of the group's permissions. */
    private static final Set<PosixFilePermission> CREDENTIAL =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.GROUP_READ);

    /**
     * One secret.
     *
     * @param hosts the only ones it may be sent to
     */
    public record Secret(String user, String password, List<String> hosts) {
        public Secret {
            hosts = List.copyOf(hosts);
        }

        /** Whether it may be sent there. An IPv6 address may stand in brackets, as in a URL, or without. */
        public boolean mayGoTo(String host) {
            return hosts.stream().map(Secret::bare).anyMatch(bare(host)::equalsIgnoreCase);
        }

        private static String bare(String host) {
            return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        }

        @Override
        public String toString() {
            return "Secret[hosts=" + hosts + "]";
        }
    }

    private final Map<String, Secret> secrets;

    private Secrets(Map<String, Secret> secrets) {
        this.secrets = Map.copyOf(secrets);
    }

    /** Reads the file, whole or not at all; no problem quotes a secret. */
    public static Reading<Secrets> load(SecretsFile secretsFile) {
        Path file = secretsFile.path();
        Optional<Problem> open = openToOthers(secretsFile);
        if (open.isPresent()) {
            return new Reading.Refused<>(List.of(open.get()));
        }
        return switch (Yaml.read(file)) {
            case Reading.Refused<JsonNode> _ ->
                new Reading.Refused<>(List.of(new Problem("$", "the secrets file " + file + " is not YAML")));
            case Reading.Accepted<JsonNode>(JsonNode document) ->
                Fields.read(document, fields -> secrets(fields, document));
        };
    }

    private static Optional<Problem> openToOthers(SecretsFile secretsFile) {
        Path file = secretsFile.path();
        Set<PosixFilePermission> allowed = secretsFile.credential() ? CREDENTIAL : OWNER;
        try {
            if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
                return Optional.empty();
            }
            boolean open = !allowed.containsAll(Files.getPosixFilePermissions(file));
            String fix = secretsFile.credential()
                    ? "other users have access to the credential " + file + "; only systemd is to make it"
                    : "other users have access to the secrets file; mend it with: chmod 600 " + file;
            return open ? Optional.of(new Problem("$", fix)) : Optional.empty();
        } catch (IOException e) {
            return Optional.of(new Problem("$", "cannot read the secrets file " + file));
        }
    }

    private static Secrets secrets(Fields fields, JsonNode document) {
        Map<String, Secret> secrets = new HashMap<>();
        for (String name : fields.names()) {
            JsonNode node = document.path(name);
            if (!CameraId.isName(name)) {
                fields.problem(name, "cannot be named in a document; a name is " + CameraId.NAME_RULE);
            } else if (!node.isObject()) {
                fields.problem(name, "must be an object with user, password and hosts");
            } else {
                fields.object(name, f -> secret(f, node)).ifPresent(secret -> secrets.put(name, secret));
            }
        }
        return new Secrets(secrets);
    }

    private static Secret secret(Fields fields, JsonNode node) {
        Secret secret = new Secret(
                text(fields, node, "user"),
                text(fields, node, "password"),
                fields.texts("hosts", MAX_HOSTS, Secrets::hostComplaint));
        if (secret.user().indexOf(':') >= 0) {
            fields.problem("user", "must not contain a colon; a camera would take what follows it for the password");
        }
        if (secret.hosts().isEmpty()) {
            fields.problem("hosts", "is missing or empty; list the camera hosts this may be sent to");
        }
        return secret;
    }

    private static Optional<String> hostComplaint(String host) {
        return host.isBlank() || host.contains("/") || host.contains("@")
                ? Optional.of("must be a host name or address alone, without scheme, user or path")
                : Optional.empty();
    }

    /** A value of the wrong type is refused here, because the message of {@link Fields#text} would quote it. */
    private static String text(Fields fields, JsonNode node, String field) {
        if (fields.has(field) && !node.path(field).isTextual()) {
            fields.problem(field, "must be a text; put it into quotes");
            return "";
        }
        return fields.text(field, MAX_TEXT);
    }

    /** The secret of that name. */
    public Optional<Secret> of(String name) {
        return Optional.ofNullable(secrets.get(name));
    }

    @Override
    public String toString() {
        return "Secrets" + secrets.keySet();
    }
}
