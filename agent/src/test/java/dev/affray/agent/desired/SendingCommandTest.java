package dev.affray.agent.desired;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.agent.Main;
import dev.affray.command.Command;
import dev.affray.command.CommandAnswer;
import dev.affray.command.CommandAnswer.State;
import dev.affray.command.CommandKind;
import dev.affray.document.Json;
import dev.affray.document.Reading;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code cameras snapshot}, {@code clip} and {@code restart}, over the wire. */
class SendingCommandTest {
    private static final String TOPIC = "affray/gateway-1/answers/yard";

    @TempDir
    Path folder;

    private final List<JsonNode> sent = new CopyOnWriteArrayList<>();
    private DataPlaneStandIn plane;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void open() throws IOException {
        plane = new DataPlaneStandIn();
        plane.folder(folder);
        plane.kept.put(TOPIC, answer("an-earlier-one", State.DONE, "done long ago", "clips/old.jpg"));
        plane.commands = (topic, command) -> {
            assertThat(topic).isEqualTo("affray/gateway-1/commands");
            sent.add(command);
        };
    }

    @AfterEach
    void close() {
        plane.close();
    }

    private static String answer(String id, State state, @Nullable String detail, @Nullable String key) {
        return Json.write(new CommandAnswer(
                id, CommandKind.SNAPSHOT, "yard", "me", state, detail, key, null, null, Instant.EPOCH));
    }

    private void answer(State state, @Nullable String detail, @Nullable String key) {
        plane.commands = plane.commands.andThen(
                (_, command) -> plane.kept.put(TOPIC, answer(command.path("id").asText(), state, detail, key)));
    }

    private int run(String... args) {
        out = new StringWriter();
        err = new StringWriter();
        List<String> all = new ArrayList<>(List.of("cameras"));
        all.addAll(List.of(args));
        all.addAll(List.of("--local", folder.toString()));
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return line.execute(all.toArray(String[]::new));
    }

    private Command sentCommand() {
        assertThat(sent).hasSize(1);
        return ((Reading.Accepted<Command>) Command.read(sent.getFirst())).value();
    }

    @Test
    void aSnapshotIsSent_andTheObjectsKeyPrinted() {
        answer(State.DONE, "48213 bytes", "clips/gateway-1/yard/2026/11/20/x.jpg");

        assertThat(run("snapshot", "yard", "--by", "k.meyer"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString().strip()).isEqualTo("clips/gateway-1/yard/2026/11/20/x.jpg");
        assertThat(err.toString()).containsPattern("camera yard: done after \\d+\\.\\d s, 48213 bytes");
        Command command = sentCommand();
        assertThat(command.command()).isEqualTo(CommandKind.SNAPSHOT);
        assertThat(command.by()).isEqualTo("k.meyer");
        assertThat(Duration.between(command.sentAt(), Instant.now())).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void aClipIsOfNow_unlessATimeIsGiven() {
        answer(State.DONE, null, "clips/gateway-1/yard/2026/11/20/x.mp4");

        assertThat(run("clip", "yard", "--at", "2026-11-20T22:14:05+01:00", "--before", "20", "--after", "1"))
                .isZero();
        Command command = sentCommand();
        assertThat(command.clip()).isNotNull();
        assertThat(command.clip().from()).isEqualTo(Instant.parse("2026-11-20T21:13:45Z"));
        assertThat(command.clip().to()).isEqualTo(Instant.parse("2026-11-20T21:14:06Z"));
        sent.clear();
        assertThat(run("clip", "yard")).isZero();
        assertThat(sentCommand().clip()).isNotNull();
        assertThat(sentCommand().clip().at()).isEqualTo(sentCommand().sentAt());
    }

    @Test
    void aRefusalIsShown() {
        answer(State.REFUSED, "the camera is disarmed until Monday", null);

        assertThat(run("restart", "yard")).isEqualTo(1);
        assertThat(err.toString()).contains("camera yard: refused after", "disarmed until Monday");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            clip yard --at yesterday            | --at is not a time with its offset from UTC
            clip yard --before 50 --after 20    | --after and before are 70 s together
            clip yard --before 90               | --before is 90; must be from 0 to 60
            snapshot a/b                        | is not 1 to 64 characters
            snapshot yard --wait -1             | --wait is -1
            snapshot                            | CAMERA
            """)
    void wrongUsageIsSaid_andNothingSent(String args, String message) {
        assertThat(run(args.split(" +"))).as(err.toString()).isEqualTo(2);
        assertThat(err.toString()).contains(message).doesNotContain("Exception");
        assertThat(sent).isEmpty();
    }

    @Test
    void aGatewayThatIsSilentIsSaidToBe_andOneThatIsStillAtIt() {
        assertThat(run("snapshot", "yard", "--wait", "1")).isEqualTo(3);
        assertThat(err.toString()).contains("gateway-1 has not answered within 1 s");

        answer(State.ACCEPTED, null, null);
        assertThat(run("snapshot", "yard", "--wait", "1")).isEqualTo(3);
        assertThat(err.toString()).contains("camera yard: accepted", "accepted, but not done within 1 s");
        assertThat(run("snapshot", "yard", "--wait", "0")).isZero();
        assertThat(out.toString()).contains("sent, id ");
    }

    @Test
    void whatIsMissingIsNamed_whenTheCloudRefuses() {
        plane.status = 403;

        assertThat(run("snapshot", "yard")).isEqualTo(1);
        assertThat(err.toString()).contains("need iot:Publish on topic/affray/gateway-1/commands");
    }

    @Test
    void theSameCommandIsSentAgain_aslongAsSomebodyElsesAnswerStandsThere() throws Exception {
        Command command = ((Reading.Accepted<Command>) Command.read(Json.tree("""
                {"id":"c1","command":"snapshot","camera":"yard","by":"me","sentAt":"2026-11-20T07:30:00Z"}"""))).value();
        plane.commands = plane.commands.andThen((_, _) -> {
            if (sent.size() == 3) {
                plane.kept.put(TOPIC, answer("c1", State.DONE, null, "clips/x.jpg"));
            }
        });
        try (ThingShadows cloud = ThingShadows.in(LocalEdition.of(folder))) {
            CommandDesk desk = new CommandDesk(cloud, _ -> {}, Duration.ofMillis(5), Duration.ofMillis(20));

            assertThat(desk.send(command, Duration.ofSeconds(20))).isInstanceOf(CommandDesk.Waited.Over.class);
        }
        assertThat(sent).hasSize(3).containsOnly(sent.getFirst());
    }
}
