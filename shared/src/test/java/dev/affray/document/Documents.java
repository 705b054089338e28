package dev.affray.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The documents of the config module, as the tests read them: from its folder or from its jar. */
public final class Documents {
    private static final String ROOT = "/dev/affray/config/";

    /** A document on disk; {@code expected} are the lines of the file beside it, or none. */
    public record Example(String name, JsonNode json, List<String> expected) {
        /** The problem paths it must be refused with. */
        public List<String> paths() {
            return expected.subList(1, expected.size());
        }

        /** Whether a schema can see what is wrong with it. */
        public boolean caughtBySchema() {
            return switch (expected.getFirst()) {
                case "caught by schema and reader" -> true;
                case "caught by reader only" -> false;
                default -> throw new IllegalArgumentException(name + ".expected begins with " + expected.getFirst());
            };
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private Documents() {}

    /** The examples of a folder such as {@code bad/camera}, by name. */
    public static List<Example> examples(String folder) {
        URI uri = uri(ROOT + "examples/" + folder);
        try {
            if (uri.getScheme().equals("jar")) {
                try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                    return examples(jar.getPath(ROOT + "examples/" + folder));
                }
            }
            return examples(Path.of(uri));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Example> examples(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Documents::example)
                    .toList();
        }
    }

    private static Example example(Path file) {
        String name = file.getFileName().toString().replace(".json", "");
        Path expected = file.resolveSibling(name + ".expected");
        try {
            List<String> lines = Files.exists(expected) ? Files.readAllLines(expected) : List.of();
            return new Example(name, Json.tree(Files.readAllBytes(file)), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A single document, such as {@code defaults/camera.json}. */
    public static JsonNode read(String path) {
        try (var in = Objects.requireNonNull(Documents.class.getResourceAsStream(ROOT + path), path)) {
            return Json.tree(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a schema finds wrong with a document. */
    public static List<String> schemaProblems(String schema, JsonNode document) {
        return schema(schema).validate(document).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    private static JsonSchema schema(String name) {
        var strict =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(read("schema/" + name + ".schema.json"), strict);
    }

    private static URI uri(String resource) {
        URL url = Objects.requireNonNull(Documents.class.getResource(resource), resource);
        try {
            return url.toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
