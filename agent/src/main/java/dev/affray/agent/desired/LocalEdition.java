package dev.affray.agent.desired;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.document.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A local edition on this machine, as it says itself in its data folder.
 *
 * @param endpoint of its data plane
 * @param region that requests are signed for
 * @param thing its gateway
 * @param accessKeyId its administrator's
 * @param secretAccessKey belongs to that
 */
public record LocalEdition(URI endpoint, String region, String thing, String accessKeyId, String secretAccessKey) {
    /** In the data folder, written at every start. */
    private static final String FILE = "administrator.json";

    /** @throws DesiredException when there is none; the message says what to do */
    public static LocalEdition of(Path dataFolder) throws DesiredException {
        Path file = dataFolder.resolve(FILE);
        try {
            JsonNode node = Json.tree(Files.readAllBytes(file));
            return new LocalEdition(
                    URI.create(text(node, "endpoint")),
                    text(node, "region"),
                    text(node, "thing"),
                    text(node, "accessKeyId"),
                    text(node, "secretAccessKey"));
        } catch (NoSuchFileException e) {
            throw new DesiredException("there is no " + file
                    + ": name the data folder of a local edition that runs (affray-local --data), or was run before");
        } catch (IOException e) {
            throw new DesiredException(file + " cannot be read: it belongs to the user that runs affray-local", e);
        } catch (IllegalArgumentException e) {
            throw new DesiredException(file + " is damaged; the next start of affray-local writes it anew");
        }
    }

    private static String text(JsonNode node, String field) {
        String text = node.path(field).asText();
        if (text.isEmpty()) {
            throw new IllegalArgumentException(field);
        }
        return text;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "LocalEdition[" + endpoint + ", " + thing + "]";
    }
}
