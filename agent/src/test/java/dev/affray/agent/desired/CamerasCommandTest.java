package dev.affray.agent.desired;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.agent.Main;
import dev.affray.document.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The commands {@code cameras ...}, over the wire. */
@Execution(ExecutionMode.CONCURRENT)
class CamerasCommandTest {
    private static final String YARD = """
            {"name":"Yard","site":{"name":"School","zone":"Europe/Berlin"},
             "source":{"url":"rtsp://10.0.0.5/key-in-the-path","secret":"secret:yard"},"sampling":{"fps":2}}""";

    @TempDir
    Path folder;

    private DataPlaneStandIn plane;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void open() throws IOException {
        plane = new DataPlaneStandIn();
        plane.folder(folder);
        plane.put("gateway", "{\"cameras\":[\"yard\"]}");
        plane.put("camera-yard", YARD);
        plane.gateway = plane::accept;
    }

    @AfterEach
    void close() {
        plane.close();
    }

    private int run(String... args) {
        out = new StringWriter();
        err = new StringWriter();
        List<String> all = new ArrayList<>(List.of("cameras"));
        all.addAll(List.of(args));
        all.addAll(List.of("--local", folder.toString()));
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int code = line.execute(all.toArray(String[]::new));
        assertThat(out.toString() + err).doesNotContain("hush");
        return code;
    }

    @Test
    void setsFields_saysWhatChanged_andWaitsUntilTheGatewayWorksByIt() {
        assertThat(run("set", "yard", "sampling.fps=4", "name=Back yard", "source.secret=null", "gate.packets=off"))
                .as(err.toString())
                .isZero();

        assertThat(out.toString())
                .contains("  sampling.fps: 2 -> 4\n")
                .contains("  name: \"Yard\" -> \"Back yard\"\n")
                .contains("  source.secret: \"secret:yard\" -> (not set)\n")
                .contains("  gate.packets: (not set) -> \"off\"\n")
                .contains("camera yard: sent, version 2")
                .containsPattern("camera yard: in force, as of version 1, reported after \\d+\\.\\d s");
        assertThat(plane.desired("camera-yard")).isEqualTo(Json.tree("""
                {"name":"Back yard","site":{"name":"School","zone":"Europe/Berlin"},
                 "source":{"url":"rtsp://10.0.0.5/key-in-the-path"},"sampling":{"fps":4},"gate":{"packets":"off"}}"""));
        assertThat(plane.updates.getFirst().path("version").asLong()).isEqualTo(1);
    }

    @Test
    void sendsNothing_thatTheGatewayWouldHaveToRefuse() {
        assertThat(run("set", "yard", "sampling.fps=99", "sampling.speed=1")).isEqualTo(2);

        assertThat(err.toString())
                .contains("nothing was sent")
                .contains("$.sampling.fps: is 99; must be from 0.05 to 30")
                .contains("$.sampling.speed: is not a known field");
        assertThat(plane.updates).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "set yard fps | fps' is not PATH=VALUE",
                "set yard masks[0]=1 | lists are given whole",
                "set yard name= | has no value; null takes a field out",
                "set yard name.first=x | name is no object in this document",
                "set a/b name=x | is not 1 to 64 characters",
                "set yard name=x --wait -1 | --wait is -1",
                "set yard name=x --region eu-west-1 | leave one of them out",
                "set yard name=x --thing other | is gateway-1",
                "set yard | PATH=VALUE",
                "add roof --name Roof --url rtsp://u:word@h/ --site S --zone UTC | $.source.url: carries a user name",
                "add roof --name Roof --url rtsp://h/ --site S --zone Berlin | $.site.zone",
            })
    void saysWhatIsWrongWithTheUsage_andSendsNothing(String args, String message) {
        assertThat(run(args.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(message).doesNotContain("word@", "Exception");
        assertThat(plane.updates).isEmpty();
    }

    @Test
    void makesTheChangeAnew_onWhatSomebodyElseWroteMeanwhile() {
        plane.beforeUpdate = () -> {
            plane.beforeUpdate = () -> {};
            plane.put("camera-yard", YARD.replace("\"Yard\"", "\"Theirs\""));
        };

        assertThat(run("set", "yard", "sampling.fps=4")).isZero();

        assertThat(err.toString()).contains("somebody else changed it meanwhile; nothing was written, trying again");
        assertThat(plane.desired("camera-yard").path("name").asText()).isEqualTo("Theirs");
        assertThat(plane.desired("camera-yard").path("sampling").path("fps").asInt())
                .isEqualTo(4);
    }

    @Test
    void saysWhyTheGatewayRefuses_andWhichDocumentStaysInForce() {
        plane.gateway = (shadow, desired) -> plane.report(
                shadow,
                "{\"version\":3,\"hash\":\"before\",\"refused\":{\"version\":5,\"hash\":\"" + Json.hash(desired)
                        + "\",\"problems\":[{\"path\":\"$.source.secret\",\"message\":\"names 'roof'\"}],\"problemCount\":3}}");

        assertThat(run("set", "yard", "source.secret=secret:roof")).isEqualTo(1);
        assertThat(err.toString())
                .contains("camera yard: REFUSED by the gateway; version 3 is in force")
                .contains("  $.source.secret: names 'roof'", "  and 2 more");

        assertThat(run("list")).isEqualTo(1);
        assertThat(out.toString()).contains("REFUSED", "$.source.secret: names 'roof'");
    }

    @Test
    void saysThatTheGatewayIsSilent_andNotThatItFailed() {
        plane.gateway = (_, _) -> {};

        assertThat(run("set", "yard", "sampling.fps=4", "--wait", "1")).isEqualTo(3);
        assertThat(err.toString())
                .contains("has not said anything within 1 s; it will take the change when it is back");
        assertThat(run("set", "yard", "sampling.fps=3", "--wait", "0")).isZero();
        assertThat(run("set", "yard", "sampling.fps=3")).isZero();
        assertThat(out.toString()).contains("nothing to change");
    }

    @Test
    void listsAndShows() {
        plane.put("gateway", "{\"cameras\":[\"yard\",\"hall\"]}");

        assertThat(run("list")).isEqualTo(1);
        assertThat(out.toString())
                .containsPattern("yard +Yard +10\\.0\\.0\\.5 +not reported yet; none was in force")
                .containsPattern("hall +- +- +no document")
                .doesNotContain("key-in-the-path");

        assertThat(run("list", "--json")).isEqualTo(1);
        JsonNode json = Json.tree(out.toString());
        assertThat(json.findValuesAsText("id")).containsExactly("yard", "hall");
        assertThat(json.path(0).path("inForce").asBoolean()).isFalse();

        plane.accept("camera-yard", Json.tree(YARD));
        assertThat(run("show", "yard")).isZero();
        assertThat(Json.tree(out.toString())).isEqualTo(Json.tree(YARD));
        assertThat(err.toString()).contains("camera yard: in force");

        assertThat(run("show", "hall")).isEqualTo(1);
        assertThat(err.toString()).contains("camera hall of gateway-1 has no document");
    }

    @Test
    void addsADocumentFirst_thenListsIt_andRemovesInTheOtherOrder() {
        assertThat(run(
                        "add",
                        "roof",
                        "gate.motion=off",
                        "--name",
                        "Roof",
                        "--url",
                        "rtsp://10.0.0.6/1",
                        "--secret",
                        "roof",
                        "--site",
                        "School",
                        "--zone",
                        "Europe/Berlin"))
                .as(err.toString())
                .isZero();

        assertThat(out.toString())
                .contains("  cameras: [\"yard\"] -> [\"yard\",\"roof\"]")
                .contains("gateway-1: in force");
        assertThat(err.toString()).contains("start it with --camera roof=URL from now on");
        assertThat(plane.requests.stream().filter(request -> request.startsWith("POST")))
                .containsExactly("POST camera-roof", "POST gateway");
        assertThat(plane.desired("camera-roof")).isEqualTo(Json.tree("""
                {"name":"Roof","site":{"name":"School","zone":"Europe/Berlin"},
                 "source":{"url":"rtsp://10.0.0.6/1","secret":"secret:roof"},"gate":{"motion":"off"}}"""));

        assertThat(run("add", "roof", "--name", "Other", "--url", "rtsp://10.0.0.7/1", "--site", "S", "--zone", "UTC"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("has a document already");

        plane.requests.clear();
        assertThat(run("remove", "roof")).isZero();
        assertThat(plane.requests.stream().filter(request -> !request.startsWith("GET")))
                .containsExactly("POST gateway", "DELETE camera-roof");
        assertThat(plane.desired("gateway")).isEqualTo(Json.tree("{\"cameras\":[\"yard\"]}"));

        assertThat(run("remove", "roof")).isEqualTo(1);
        assertThat(err.toString()).contains("there is no camera roof at gateway-1");
    }

    @Test
    void keepsTheDocument_whereTheGatewayDoesNotTakeItsList() {
        plane.gateway = (shadow, desired) -> plane.report(
                shadow,
                "{\"version\":0,\"refused\":{\"version\":2,\"hash\":\"" + Json.hash(desired)
                        + "\",\"problems\":[{\"path\":\"$.cameras\",\"message\":\"no\"}],\"problemCount\":1}}");

        assertThat(run("remove", "yard")).isEqualTo(1);

        assertThat(err.toString()).contains("REFUSED by the gateway", "its document is kept");
        assertThat(plane.desired("camera-yard")).isEqualTo(Json.tree(YARD));
    }

    @Test
    void takesANumberForTheSame_howeverTheCloudWritesIt() {
        plane.gateway = (shadow, desired) -> {
            plane.put(shadow, Json.write(desired).replace("\"fps\":3.0", "\"fps\":3"));
            plane.accept(shadow, plane.desired(shadow));
        };

        assertThat(run("set", "yard", "sampling.fps=3.0")).as(err.toString()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "403, these credentials need iot:GetThingShadow on thing/gateway-1",
        "400, AWS IoT answered 400: no",
    })
    void saysWhatTheCloudRefuses(int status, String message) {
        plane.status = status;

        assertThat(run("list")).isEqualTo(1);
        assertThat(err.toString()).contains(message);
    }

    @Test
    void saysThatNoLocalEditionRuns() throws IOException {
        plane.close();
        assertThat(run("list")).isEqualTo(1);
        assertThat(err.toString()).contains("is affray-local running with this data folder?");

        Files.delete(folder.resolve("administrator.json"));
        assertThat(run("list")).isEqualTo(1);
        assertThat(err.toString()).contains("name the data folder of a local edition that runs");
    }
}
