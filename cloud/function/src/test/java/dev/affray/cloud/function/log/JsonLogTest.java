package dev.affray.cloud.function.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.cloud.function.Output;
import dev.affray.document.Json;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

class JsonLogTest {
    private final Logger log = LoggerFactory.getLogger(JsonLogTest.class);

    @Test
    void writesOneObjectALine() {
        MDC.put("AWSRequestId", "r-1");
        List<String> lines = Output.of(() -> log.warn("camera {} says \"{}\"\nand more", "door", 3));
        MDC.clear();

        assertThat(lines).hasSize(1);
        JsonNode line = Json.tree(lines.getFirst());
        assertThat(Instant.parse(line.path("timestamp").asText())).isBeforeOrEqualTo(Instant.now());
        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("logger").asText()).isEqualTo(JsonLogTest.class.getName());
        assertThat(line.path("message").asText()).isEqualTo("camera door says \"3\"\nand more");
        assertThat(line.path("AWSRequestId").asText()).isEqualTo("r-1");
        assertThat(line.has("errorType")).isFalse();
    }

    @Test
    void writesAThrowableWithItsTrace() {
        List<String> lines = Output.of(
                () -> log.error("{} broke", "it", new IllegalStateException("why", new RuntimeException("deep"))));

        assertThat(lines).hasSize(1);
        JsonNode line = Json.tree(lines.getFirst());
        assertThat(line.path("message").asText()).isEqualTo("it broke");
        assertThat(line.path("errorType").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(line.path("errorMessage").asText()).isEqualTo("why");
        assertThat(line.path("stackTrace").asText())
                .contains("JsonLogTest", "Caused by: java.lang.RuntimeException: deep");
    }

    @Test
    void leavesOutWhatIsBelowItsLevel() {
        assertThat(Output.of(() -> log.debug("quiet"))).isEmpty();
        assertThat(JsonLogProvider.level("DEBUG")).isEqualTo(Level.DEBUG);
        assertThat(JsonLogProvider.level("FATAL")).isEqualTo(Level.ERROR);
        assertThat(JsonLogProvider.level("nonsense")).isEqualTo(Level.INFO);
    }
}
