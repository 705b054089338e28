package dev.affray.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.document.Documents;
import dev.affray.document.Documents.Example;
import dev.affray.document.Json;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import dev.affray.frame.CameraId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {
    static final List<Example> good = Documents.examples("good/command");
    static final List<Example> bad = Documents.examples("bad/command");

    private static Command accepted(JsonNode document) {
        return ((Reading.Accepted<Command>) Command.read(document)).value();
    }

    @ParameterizedTest
    @FieldSource("good")
    void aGoodCommandPassesSchemaAndReader_andIsTheSameOnceWritten(Example example) {
        assertThat(Documents.schemaProblems("command", example.json())).isEmpty();
        Command command = accepted(example.json());

        JsonNode written = Json.tree(Json.write(command));
        assertThat(Documents.schemaProblems("command", written)).isEmpty();
        assertThat(accepted(written)).isEqualTo(command);
    }

    @ParameterizedTest
    @FieldSource("bad")
    void aBadCommandIsRefusedWithThePathsOfItsProblems(Example example) {
        assertThat(Command.read(example.json()))
                .isInstanceOfSatisfying(
                        Reading.Refused.class,
                        refused -> assertThat(((Reading.Refused<?>) refused).problems())
                                .extracting(Problem::path)
                                .containsExactlyInAnyOrderElementsOf(example.paths()));
        List<String> problems = Documents.schemaProblems("command", example.json());
        assertThat(!problems.isEmpty()).as("%s", problems).isEqualTo(example.caughtBySchema());
    }

    @Test
    void everyFieldArrives_andOneThatDoesNotSayWhenItExpires_isGoodForAMinute() {
        Command clip = accepted(Documents.read("examples/good/command/clip.json"));

        Instant sent = Instant.parse("2026-11-20T07:30:00Z");
        Instant at = Instant.parse("2026-11-20T07:29:40.250Z");
        assertThat(clip)
                .isEqualTo(new Command(
                        "c-20261120-0001",
                        CommandKind.CLIP,
                        "door",
                        "k.meyer",
                        sent,
                        sent.plus(Duration.ofMinutes(1)),
                        new ClipSpan(at, 10, 5)));
        assertThat(clip.clip()).isNotNull();
        assertThat(clip.clip().from()).isEqualTo(at.minusSeconds(10));
        assertThat(clip.clip().to()).isEqualTo(at.plusSeconds(5));
    }

    @Test
    void whoAsksAboutWhichCamera_isKnownAlsoOfABadCommand() {
        JsonNode document = Json.tree("{\"id\":\"c1\",\"camera\":\"door\",\"command\":7}");
        assertThat(Command.idOf(document)).contains("c1");
        assertThat(Command.cameraOf(document)).contains("door");
        assertThat(Command.idOf(Json.tree("{\"id\":1}"))).isEmpty();
        assertThat(Command.cameraOf(Json.tree("{\"camera\":\"a/#\"}"))).isEmpty();
        assertThat(Command.cameraOf(Json.tree("[]"))).isEmpty();
    }

    @Test
    void aKeyIsReadAsItIsWritten() {
        ClipKey key = new ClipKey(new CameraId("gw-1", "door"), LocalDate.of(2026, 1, 9), "c1", CommandKind.CLIP);

        assertThat(key.format()).isEqualTo("clips/gw-1/door/2026/01/09/c1.mp4");
        assertThat(ClipKey.parse(key.format())).isEqualTo(key);
        assertThat(ClipKey.parse("clips/gw-1/door/2026/01/09/c1.jpg").kind()).isEqualTo(CommandKind.SNAPSHOT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clips/gw-1/check",
                "clips/gw-1/door/2026/02/30/c1.mp4",
                "clips/gw-1/door/2026/1/9/c1.mp4",
                "clips/gw-1/door/2026/01/09/c1.avi",
                "clips/gw-1/door/2026/01/09/..mp4",
                "clips/g w/door/2026/01/09/c1.mp4",
                "live/gw-1/door/2026/01/09/c1.mp4",
                "clips/gw-1/door/2026/01/09/c1.mp4-0"
            })
    void whatIsNoKeyOfAClipIsRefused(String key) {
        assertThatThrownBy(() -> ClipKey.parse(key)).isInstanceOf(IllegalArgumentException.class);
    }
}
