package dev.affray.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.affray.cloud.local.Recipients.Audience;
import dev.affray.cloud.local.Recipients.Webhook;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import dev.affray.document.Yaml;
import dev.affray.incident.IncidentKind;
import dev.affray.incident.Severity;
import dev.affray.recipient.Filter;
import dev.affray.recipient.Recipient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reader and the schema against the example documents, which both must judge alike. */
class RecipientsYamlTest {
    private static final Path CONFIG = Path.of("../../config/src/main/resources/dev/affray/config");
    private static final String READER_ONLY = " by the reader only";

    static List<Path> good() throws Exception {
        return files("good");
    }

    static List<Path> bad() throws Exception {
        return files("bad");
    }

    @ParameterizedTest
    @MethodSource("good")
    void aGoodFilePassesSchemaAndReader(Path file) throws Exception {
        assertThat(schema().validate(document(file))).isEmpty();
        assertThat(RecipientsYaml.load(file)).isInstanceOf(Reading.Accepted.class);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void aBadFileIsRefused_withAProblemForEachPlaceAndWithoutASecret(Path file) throws Exception {
        String expected = Files.readAllLines(file).getFirst().substring(2);

        Reading<Recipients> reading = RecipientsYaml.load(file);

        assertThat(reading).isInstanceOf(Reading.Refused.class);
        assertThat(((Reading.Refused<Recipients>) reading).problems())
                .extracting(Problem::path)
                .containsExactlyInAnyOrder(expected.replace(READER_ONLY, "").split(" "));
        assertThat(reading.toString()).doesNotContain("hunter2");
        assertThat(schema().validate(document(file)).isEmpty()).isEqualTo(expected.endsWith(READER_ONLY));
    }

    @Test
    void everyFieldArrives() {
        Path file = CONFIG.resolve("examples/good/recipients/school.yaml");
        assertThat(RecipientsYaml.load(file))
                .isEqualTo(new Reading.Accepted<>(new Recipients(
                        new Audience(
                                List.of(
                                        new Recipient("guard@example.org", Filter.ALL),
                                        new Recipient("head@example.org", only(Severity.HIGH)),
                                        new Recipient(
                                                "yard@example.org",
                                                new Filter(
                                                        List.of("Lincoln School"),
                                                        List.of("this-machine/yard", "gate"),
                                                        List.of(IncidentKind.FIGHT),
                                                        Severity.NORMAL))),
                                List.of(
                                        webhook("https://alarms.example.org/hooks/7f3a"),
                                        new Webhook(
                                                "http://192.0.2.10:8000/affray",
                                                true,
                                                "SIREN_SECRET",
                                                only(Severity.HIGH)))),
                        new Audience(List.of(new Recipient("police-liaison@example.org", Filter.ALL)), List.of()),
                        Duration.ofMinutes(3),
                        new Audience(
                                List.of(new Recipient(
                                        "it@example.org",
                                        new Filter(
                                                List.of(),
                                                List.of(),
                                                List.of(IncidentKind.CAMERA_OFFLINE, IncidentKind.PIPELINE_BLIND),
                                                Severity.NORMAL))),
                                List.of(webhook("http://127.0.0.1:9000/"))))));
    }

    @Test
    void whoAsksForSmsIsToldWhatToDo() {
        assertThat(RecipientsYaml.load(CONFIG.resolve("examples/bad/recipients/sms.yaml")))
                .asString()
                .contains("a webhook to an SMS provider");
    }

    private static Filter only(Severity severity) {
        return new Filter(List.of(), List.of(), List.of(), severity);
    }

    private static Webhook webhook(String to) {
        return new Webhook(to, false, "AFFRAY_WEBHOOK_SECRET", Filter.ALL);
    }

    private static JsonSchema schema() throws Exception {
        return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(Files.readString(CONFIG.resolve("schema/recipients.schema.json")));
    }

    private static JsonNode document(Path file) {
        return ((Reading.Accepted<JsonNode>) Yaml.read(file)).value();
    }

    private static List<Path> files(String which) throws Exception {
        try (Stream<Path> files = Files.list(CONFIG.resolve("examples/" + which + "/recipients"))) {
            return files.sorted().toList();
        }
    }
}
