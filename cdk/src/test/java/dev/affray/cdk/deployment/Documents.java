package dev.affray.cdk.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.affray.document.Reading;
import dev.affray.document.Yaml;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The deployment documents of the config module, from its folder or from its jar. */
final class Documents {
    private static final String ROOT = "/dev/affray/config/";

    private Documents() {}

    static String text(String name) throws IOException {
        try (var in = Objects.requireNonNull(Documents.class.getResourceAsStream(ROOT + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static JsonNode yaml(String name) throws IOException {
        Path file = Files.createTempFile("document", ".yaml");
        try {
            Files.writeString(file, text(name));
            return ((Reading.Accepted<JsonNode>) Yaml.read(file)).value();
        } finally {
            Files.delete(file);
        }
    }

    static JsonSchema schema() throws IOException {
        return JsonSchemaFactory.getInstance(
                        VersionFlag.V202012,
                        factory -> factory.schemaMappers(
                                mappers -> mappers.mapPrefix("https://affray.dev/", "classpath:dev/affray/config/")))
                .getSchema(text("schema/deployment.schema.json"));
    }

    /** The files in a folder such as {@code examples/bad/deployment}, as names for {@link #yaml}. */
    static List<String> in(String folder) throws IOException, URISyntaxException {
        URI uri = Objects.requireNonNull(Documents.class.getResource(ROOT + folder), folder)
                .toURI();
        if (uri.getScheme().equals("jar")) {
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return names(jar.getPath(ROOT + folder), folder);
            }
        }
        return names(Path.of(uri), folder);
    }

    private static List<String> names(Path path, String folder) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> folder + "/" + file.getFileName()).sorted().toList();
        }
    }
}
