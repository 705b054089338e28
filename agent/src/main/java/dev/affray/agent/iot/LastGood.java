package dev.affray.agent.iot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.agent.disk.SmallFile;
import dev.affray.document.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last good document of every shadow, on disk, so that the gateway works before and without a network. */
public final class LastGood {
    private static final Logger log = LoggerFactory.getLogger(LastGood.class);

    /** A document that was put into force. */
    record Kept(long version, String hash, JsonNode document) {}

    private final Path folder;

    /** @param folder is made when first needed */
    public LastGood(Path folder) {
        this.folder = folder;
    }

    /** The document itself. */
    public Optional<JsonNode> document(String shadow) {
        return read(shadow).map(Kept::document);
    }

    Optional<Kept> read(String shadow) {
        Path file = file(shadow);
        try {
            JsonNode node = Json.tree(Files.readAllBytes(file));
            Kept kept =
                    new Kept(node.path("version").asLong(), node.path("hash").asText(), node.path("document"));
            if (Json.hash(kept.document()).equals(kept.hash())) {
                return Optional.of(kept);
            }
            log.warn("{} is damaged and not used", file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            log.warn("{} cannot be read and is not used: {}", file, e.getMessage());
        }
        return Optional.empty();
    }

    /** A document that cannot be kept is in force all the same, until the next start. */
    void write(String shadow, Kept kept) {
        try {
            Map<String, Object> content =
                    Map.of("version", kept.version(), "hash", kept.hash(), "document", kept.document());
            SmallFile.write(file(shadow), Json.write(content) + "\n");
        } catch (IOException e) {
            log.warn("Cannot keep the document of shadow {} for the next start: {}", shadow, e.toString());
        }
    }

    void forget(String shadow) {
        try {
            Files.deleteIfExists(file(shadow));
        } catch (IOException e) {
            log.warn("Cannot remove {}: {}", file(shadow), e.toString());
        }
    }

    private Path file(String shadow) {
        return folder.resolve(shadow + ".json");
    }
}
