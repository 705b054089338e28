package dev.affray.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.agent.camera.CameraPlan;
import dev.affray.agent.camera.Secrets;
import dev.affray.agent.camera.SecretsFile;
import dev.affray.agent.camera.Sources;
import dev.affray.camera.CameraConfig;
import dev.affray.camera.CameraDocument;
import dev.affray.document.Json;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** One camera named on the command line: its document, if any, and what takes the place of parts of it. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CameraOptions {
    private static final String CAMERA = "camera";
    private static final String NAMELESS = "{\"name\": \"camera\", \"site\": {\"name\": \"here\", \"zone\": \"UTC\"}}";

    /** Where a problem of the document comes from, if it comes from the command line. */
    private static final Map<String, String> OPTIONS = Map.ofEntries(
            Map.entry("$.source.url", "URL"),
            Map.entry("$.source.transport", "--transport"),
            Map.entry("$.source.secret", "--secret"),
            Map.entry("$.source.fingerprint", "--fingerprint"),
            Map.entry("$.sampling.mode", "--mode"),
            Map.entry("$.sampling.fps", "--fps"),
            Map.entry("$.sampling.activeFps", "--active-fps"),
            Map.entry("$.gate.packets", "--gate"),
            Map.entry("$.gate.motion", "--gate"),
            Map.entry("$.image.maxWidth", "--max-width"),
            Map.entry("$.image.jpegQuality", "--quality"));

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "the camera's document, as JSON; what is given beside it takes its place")
    private @Nullable Path config;

    @Option(
            names = "--secrets",
            paramLabel = "FILE",
            description = "the secrets file, as in agent.yaml: NAME: {user: U, password: P, hosts: [HOST]}")
    private @Nullable Path secretsFile;

    @Option(names = "--secret", paramLabel = "NAME", description = "the name of the login in it (source.secret)")
    private @Nullable String secret;

    @Option(
            names = "--fingerprint",
            paramLabel = "SHA256",
            description = "of the only certificate to trust (source.fingerprint)")
    private @Nullable String fingerprint;

    @Option(
            names = "--transport",
            paramLabel = "HOW",
            description = "tcp, udp or auto: how RTSP sends its video (source.transport)")
    private @Nullable String transport;

    /** The document to begin with, which is judged as the agent would judge it; with no {@code --config} one that says nothing. */
    ObjectNode document() throws IOException {
        if (secret != null && secretsFile == null) {
            throw wrong("--secret needs --secrets FILE, where the login is");
        }
        if (config == null) {
            return (ObjectNode) Json.tree(NAMELESS);
        }
        if (!Files.isReadable(config)) {
            throw wrong("--config " + config + ": there is no such file, or it may not be read");
        }
        JsonNode document;
        try {
            document = Json.tree(Files.readAllBytes(config));
        } catch (IllegalArgumentException e) {
            throw wrong("--config " + config + ": " + e.getMessage());
        }
        CameraConfig _ = RunCommand.accepted(spec.commandLine(), config, CameraDocument.read(document));
        return document.deepCopy();
    }

    /**
     * The camera that the document describes.
     *
     * @param url takes the place of the document's; may be a file
     */
    CameraPlan plan(Optional<String> url, ObjectNode document) {
        ObjectNode whole = located(url, document);
        // No alarm is raised here, so no rate is too low for one.
        whole.putObject("alert").put("positives", 1);
        Optional<Path> file = url.filter(text -> !isUrl(text)).map(Path::of);
        if (file.isPresent() && (!Files.isReadable(file.get()) || Files.isDirectory(file.get()))) {
            throw wrong(file.get() + ": there is no such file, or it may not be read");
        }
        Map<String, Path> files = file.map(f -> Map.of(CAMERA, f)).orElse(Map.of());
        return accepted(new Sources(files, false, secrets()).read(CAMERA, whole));
    }

    /** The document with the source that is named here, not judged yet; a file is none that a document can name. */
    ObjectNode located(Optional<String> url, ObjectNode document) {
        ObjectNode whole = document.deepCopy();
        if (url.isPresent() && !isUrl(url.get())) {
            return whole;
        }
        if (url.isEmpty() && !whole.has("source")) {
            throw wrong("a URL or a file is missing, and --config names none");
        }
        ObjectNode source = whole.withObjectProperty("source");
        if (url.isPresent()) {
            refuseLogin(url.get());
            source.put("url", url.get());
        }
        put(source, "transport", transport);
        put(source, "secret", secret == null ? null : "secret:" + secret);
        put(source, "fingerprint", fingerprint);
        return whole;
    }

    private static void put(ObjectNode source, String field, @Nullable String value) {
        if (value != null) {
            source.put(field, value);
        }
    }

    private Secrets secrets() {
        return secretsFile == null
                ? Secrets.NONE
                : RunCommand.accepted(
                        spec.commandLine(), secretsFile, Secrets.load(new SecretsFile(secretsFile, false)));
    }

    private static boolean isUrl(String text) {
        return text.contains("://");
    }

    /** It would stand in the list of processes, and in the shell's history. What looks like one is not repeated. */
    private void refuseLogin(String url) {
        String rest = url.substring(url.indexOf("://") + 3);
        boolean login = rest.replaceAll("[/?#].*", "").contains("@") || (rest.contains("@") && !hasHost(url));
        if (login) {
            throw wrong("""
                    The URL carries a user name or a password, which others could read in the list of processes.
                    Leave them out and write them into a file, readable by you alone (chmod 600):
                      camera: {user: USER, password: "PASSWORD", hosts: [HOST]}
                    Then add: --secrets FILE --secret camera""");
        }
    }

    private static boolean hasHost(String url) {
        try {
            return new URI(url).getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private CameraPlan accepted(Reading<CameraPlan> reading) {
        return switch (reading) {
            case Reading.Accepted<CameraPlan>(CameraPlan plan) -> plan;
            case Reading.Refused<CameraPlan>(List<Problem> problems) ->
                throw wrong(String.join(
                        System.lineSeparator(),
                        problems.stream()
                                .map(p -> OPTIONS.getOrDefault(p.path(), p.path()) + ": " + p.message())
                                .distinct()
                                .toList()));
        };
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
