package dev.affray.camera;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.document.Documents;
import dev.affray.document.Documents.Example;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExampleDocumentsTest {
    static final List<Example> goodCameras = Documents.examples("good/camera");
    static final List<Example> badCameras = Documents.examples("bad/camera");
    static final List<Example> goodGateways = Documents.examples("good/gateway");
    static final List<Example> badGateways = Documents.examples("bad/gateway");
    static final List<Example> goodLimits = Documents.examples("good/limits");
    static final List<Example> badLimits = Documents.examples("bad/limits");

    @ParameterizedTest
    @FieldSource("goodCameras")
    void aGoodCameraDocumentPassesSchemaAndReader(Example example) {
        assertThat(Documents.schemaProblems("camera", example.json())).isEmpty();
        assertThat(CameraDocument.read(example.json())).isInstanceOf(Reading.Accepted.class);
    }

    @ParameterizedTest
    @FieldSource("badCameras")
    void aBadCameraDocumentIsRefusedWithThePathsOfItsProblems(Example example) {
        refused("camera", CameraDocument.read(example.json()), example);
    }

    @ParameterizedTest
    @FieldSource("goodGateways")
    void aGoodGatewayDocumentPassesSchemaAndReader(Example example) {
        assertThat(Documents.schemaProblems("gateway", example.json())).isEmpty();
        assertThat(GatewayConfig.read(example.json())).isInstanceOf(Reading.Accepted.class);
    }

    @ParameterizedTest
    @FieldSource("badGateways")
    void aBadGatewayDocumentIsRefusedWithThePathsOfItsProblems(Example example) {
        refused("gateway", GatewayConfig.read(example.json()), example);
    }

    @ParameterizedTest
    @FieldSource("goodLimits")
    void goodLimitsPassSchemaAndReader(Example example) {
        assertThat(Documents.schemaProblems("limits", example.json())).isEmpty();
        assertThat(CameraLimits.read(example.json())).isInstanceOf(Reading.Accepted.class);
    }

    @ParameterizedTest
    @FieldSource("badLimits")
    void badLimitsAreRefusedWithThePathsOfTheirProblems(Example example) {
        refused("limits", CameraLimits.read(example.json()), example);
    }

    @Test
    void aRefusalNamesTheFieldThatWasMeant() {
        assertThat(problems("field-nearly-known"))
                .containsExactly("$.samplings: is not a known field; did you mean sampling?");
        assertThat(problems("nested-field-nearly-known"))
                .containsExactly("$.alert.minConfidense: is not a known field; did you mean minConfidence?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"source-url-with-password", "source-secret-written-out", "source-a-text-with-password"})
    void aRefusalNeverRepeatsAPassword(String name) {
        assertThat(problems(name)).isNotEmpty().noneMatch(text -> text.contains("hunter2"));
    }

    @Test
    void everyFieldOfTheFullExampleArrivesInTheConfiguration() {
        JsonNode full = goodCameras.stream()
                .filter(example -> example.name().equals("full"))
                .findFirst()
                .orElseThrow()
                .json();
        CameraConfig config = ((Reading.Accepted<CameraConfig>) CameraDocument.read(full)).value();

        assertThat(config.name()).isEqualTo("Platform 2, north stairs");
        assertThat(config.site().zone().getId()).isEqualTo("Europe/Berlin");
        assertThat(config.site().language()).isEqualTo(Language.SPANISH);
        assertThat(config.group()).contains("Platform 2");
        assertThat(config.source().orElseThrow().secret()).contains("secret:platform-cameras");
        assertThat(config.source().orElseThrow().fingerprint())
                .contains("0b30557a9fc4e90e33587da2c7ec11365b80a5caef14395e83a8cdf2173c6186");
        assertThat(config.source().orElseThrow().decoder()).isEqualTo(Source.Decoder.VAAPI);
        assertThat(config.sampling()).isEqualTo(new Sampling(Sampling.Mode.KEYFRAMES, 4, 8, Duration.ofSeconds(20)));
        assertThat(config.gate()).isEqualTo(new Gate(false, true, false, Duration.ofSeconds(30)));
        assertThat(config.zones()).hasSize(2);
        assertThat(config.zones().getLast().corners()).last().isEqualTo(new Polygon.Corner(0.2, 0.3));
        assertThat(config.image().maxWidth()).isEqualTo(960);
        assertThat(config.image().jpegQuality()).isEqualTo(6);
        assertThat(config.image().masks()).hasSize(2);
        assertThat(config.image().masks().getFirst().corners())
                .containsExactly(
                        new Polygon.Corner(0, 0),
                        new Polygon.Corner(0.25, 0),
                        new Polygon.Corner(0.25, 0.4),
                        new Polygon.Corner(0, 0.5));
        ArmedHours night = new ArmedHours(LocalTime.of(21, 30), LocalTime.of(5, 0));
        ArmedHours evening = new ArmedHours(LocalTime.of(20, 0), LocalTime.MIDNIGHT);
        assertThat(config.arming().zone().getId()).isEqualTo("Europe/Paris");
        assertThat(config.arming().weekly())
                .hasSize(6)
                .containsEntry(DayOfWeek.MONDAY, List.of(night))
                .containsEntry(DayOfWeek.SATURDAY, List.of(evening));
        assertThat(config.arming().exceptions())
                .containsExactly(
                        exception("2026-12-24", "2026-12-24", true),
                        exception("2026-12-25", "2026-12-26", false),
                        exception(
                                "2026-12-31",
                                "2026-12-31",
                                false,
                                new ArmedHours(LocalTime.of(18, 0), LocalTime.of(6, 0))));
        assertThat(config.arming().override())
                .contains(new ArmingOverride(
                        false,
                        Optional.of(Instant.parse("2026-12-01T08:00:00Z")),
                        Instant.parse("2026-12-01T11:30:00Z")));
        assertThat(config.alert().positives()).hasValue(6);
        assertThat(config.alert().slot()).hasMillis(250);
        assertThat(config.alert().within()).hasMillis(3000);
        assertThat(config.alert().minConfidence()).hasValue(72.5);
        assertThat(config.alert().closeAfter()).hasSeconds(90);
        assertThat(config.alert().maxLag()).hasSeconds(30);
        assertThat(config.alert().joinWithin()).hasSeconds(120);
        assertThat(config.alert().announceClose()).isTrue();
    }

    private static ArmingException exception(String first, String last, boolean allDay, ArmedHours... hours) {
        return new ArmingException(LocalDate.parse(first), LocalDate.parse(last), allDay, List.of(hours));
    }

    private static List<String> problems(String name) {
        Example example = badCameras.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
        return ((Reading.Refused<CameraConfig>) CameraDocument.read(example.json()))
                .problems().stream().map(Problem::toString).toList();
    }

    private static void refused(String schema, Reading<?> reading, Example example) {
        assertThat(reading).isInstanceOf(Reading.Refused.class);
        assertThat(((Reading.Refused<?>) reading).problems())
                .extracting(Problem::path)
                .containsExactlyInAnyOrderElementsOf(example.paths());
        List<String> schemaProblems = Documents.schemaProblems(schema, example.json());
        assertThat(!schemaProblems.isEmpty()).as("%s", schemaProblems).isEqualTo(example.caughtBySchema());
    }
}
