package dev.affray.camera;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.document.Documents;
import dev.affray.document.Json;
import dev.affray.document.Reading;
import org.junit.jupiter.api.Test;

class DefaultsTest {
    private static final JsonNode DEFAULTS = Documents.read("defaults/camera.json");
    private static final String REQUIRED = """
            {"name": "Door", "site": {"name": "School", "zone": "Europe/London"}, "source": {"url": "rtsp://door/1"}}""";

    @Test
    void theShippedDefaultsAreTheDefaultsOfTheCode() throws Exception {
        JsonNode bare = Json.tree(REQUIRED);
        JsonNode spelledOut = Json.MAPPER.readerForUpdating(DEFAULTS.deepCopy()).readTree(REQUIRED);

        assertThat(spelledOut).isNotEqualTo(bare);
        assertThat(accepted(spelledOut)).isEqualTo(accepted(bare));
    }

    @Test
    void theShippedDefaultsAreEveryDefaultOfTheSchema() {
        assertThat(DEFAULTS).isEqualTo(defaultsIn(Documents.read("schema/camera.schema.json")));
    }

    private static CameraConfig accepted(JsonNode document) {
        return ((Reading.Accepted<CameraConfig>) CameraDocument.read(document)).value();
    }

    private static ObjectNode defaultsIn(JsonNode schema) {
        ObjectNode defaults = JsonNodeFactory.instance.objectNode();
        schema.path("properties").properties().forEach(property -> {
            JsonNode nested = property.getValue();
            if (nested.has("default")) {
                defaults.set(property.getKey(), nested.get("default"));
            } else if (nested.has("properties") && !defaultsIn(nested).isEmpty()) {
                defaults.set(property.getKey(), defaultsIn(nested));
            }
        });
        return defaults;
    }
}
