package dev.affray.cloud.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.affray.document.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What programs are told is what the schema says. */
class AlertDocumentTest {
    private static final JsonSchema SCHEMA = schema();

    @Test
    void everyAlertIsWhatTheSchemaSays() {
        for (Alert alert : Alerts.all()) {
            assertThat(SCHEMA.validate(tree(alert))).as("%s", alert).isEmpty();
        }
    }

    @Test
    void saysWhoDidWhat_andWhereToLook() {
        JsonNode taken = tree(Alerts.all().stream()
                .filter(a -> a.id().endsWith("-acknowledged") && a.page().isPresent())
                .findFirst()
                .orElseThrow());

        assertThat(taken.path("acknowledgedBy").textValue()).isEqualTo("link");
        assertThat(taken.path("at")).isEqualTo(taken.path("acknowledgedAt"));
        assertThat(taken.path("page").textValue()).isEqualTo(Alerts.PAGE.toString());
    }

    @Test
    void aDigestTellsTheFirstOnes_andTheNumberOfAll() {
        JsonNode few = tree(new Digest(Alerts.all().subList(0, 3)));
        JsonNode many = tree(new Digest(Collections.nCopies(70, Alerts.named("Door", "School"))));

        assertThat(SCHEMA.validate(few)).isEmpty();
        assertThat(few.path("alerts")).hasSize(3);
        assertThat(SCHEMA.validate(many)).isEmpty();
        assertThat(many.path("count").intValue()).isEqualTo(70);
        assertThat(many.path("alerts")).hasSize(Digest.MOST_TOLD);
    }

    @Test
    void theSchemaRefusesWhatItDoesNotDescribe() {
        assertThat(SCHEMA.validate(Json.MAPPER.createObjectNode().put("alert", "x")))
                .isNotEmpty();
    }

    private static JsonNode tree(Message message) {
        return Json.tree(AlertDocument.of(message));
    }

    private static JsonSchema schema() {
        try (InputStream in =
                AlertDocumentTest.class.getResourceAsStream("/dev/affray/config/schema/alert.schema.json")) {
            var strict = SchemaValidatorsConfig.builder()
                    .formatAssertionsEnabled(true)
                    .build();
            return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                    .getSchema(Json.tree(Objects.requireNonNull(in).readAllBytes()), strict);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
