package dev.affray.cloud.local.iot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.cloud.local.iot.ShadowTopic.Verb;
import dev.affray.document.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShadowServiceTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    /** What would go out, as "topic payload". */
    private static final class Sent implements ShadowService.Outlet {
        private final List<String> messages = new ArrayList<>();

        @Override
        public void publish(String topic, byte[] payload) {
            messages.add(
                    topic.substring(topic.indexOf("/name/") + 6) + " " + new String(payload, StandardCharsets.UTF_8));
        }

        @Override
        public void documents(String thing, String name, byte[] documents) {
            messages.add("documents of " + thing + " " + name);
        }
    }

    private ShadowService open(Instant now) throws IOException {
        return ShadowService.open(folder, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static JsonNode json(String text) {
        return Json.tree(text.replace('\'', '"'));
    }

    private static void ask(ShadowService shadows, Verb verb, String name, String body) {
        shadows.answer(
                new ShadowTopic("gw", name, verb), body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void replacesTheDesiredStateWholly_andTellsAsIfItHadComeByMqtt() throws IOException {
        ShadowService shadows = open(START);
        Sent sent = new Sent();
        shadows.attach(sent);
        var _ = shadows.update(
                "gw", "camera-1", json("{'name':'Yard','masks':[1],'sampling':{'fps':2,'mode':'interval'}}"));
        sent.messages.clear();

        Shadow after = shadows.update("gw", "camera-1", json("{'name':'Yard','sampling':{'fps':0.10}}"));

        assertThat(after.desired()).isEqualTo(json("{'name':'Yard','sampling':{'fps':0.10}}"));
        assertThat(after.version()).isEqualTo(2);
        assertThat(sent.messages).hasSize(4);
        assertThat(sent.messages.getFirst())
                .startsWith("camera-1/update/accepted {\"state\":{\"desired\":{\"masks\":null,");
        assertThat(sent.messages.get(1)).startsWith("camera-1/update/delta ");
        assertThat(sent.messages.get(2)).startsWith("camera-1/update/documents {\"previous\":{");
        assertThat(sent.messages.get(3)).isEqualTo("documents of gw camera-1");
    }

    @Test
    void echoesTheClientToken_inEveryAnswer() throws IOException {
        ShadowService shadows = open(START);
        Sent sent = new Sent();
        shadows.attach(sent);

        ask(shadows, Verb.GET, "s", "{'clientToken':'t1'}");
        ask(shadows, Verb.UPDATE, "s", "{'state':{'desired':{'a':1}},'clientToken':'t1'}");
        ask(shadows, Verb.UPDATE, "s", "{'state':{},'version':9,'clientToken':'t1'}");
        ask(shadows, Verb.DELETE, "s", "{'clientToken':'t1'}");

        assertThat(sent.messages.stream().filter(message -> !message.startsWith("documents of")))
                .hasSize(6)
                .allSatisfy(message -> assertThat(message)
                        .contains("\"clientToken\":\"t1\"")
                        .contains("\"timestamp\":" + START.getEpochSecond()));
        assertThat(sent.messages.getFirst()).startsWith("s/get/rejected {\"code\":404,");
    }

    @Test
    void answersBrokenJson_withoutATokenToEcho() throws IOException {
        ShadowService shadows = open(START);
        Sent sent = new Sent();
        shadows.attach(sent);

        for (String body : List.of("{", "[]", "{} {}", "5")) {
            ask(shadows, Verb.UPDATE, "s", body);
        }

        assertThat(sent.messages)
                .hasSize(4)
                .allSatisfy(message ->
                        assertThat(message).startsWith("s/update/rejected {\"code\":400,\"message\":\"Invalid JSON\""));
    }

    @Test
    void continuesAfterARestart() throws IOException {
        ShadowService first = open(START);
        ask(first, Verb.UPDATE, "camera-1", "{'state':{'desired':{'n':1,'f':1.50}}}");
        ask(first, Verb.UPDATE, "camera-1", "{'state':{'reported':{'n':1}}}");
        var _ = first.update("gw", "gateway", json("{'cameras':['1']}"));

        ShadowService second = open(START.plusSeconds(60));

        assertThat(second.names("gw")).containsExactly("camera-1", "gateway");
        assertThat(second.get("gw", "camera-1"))
                .hasToString(first.get("gw", "camera-1").toString());
        assertThat(second.get("gw", "camera-1").orElseThrow().desired().get("f"))
                .hasToString("1.50");
        assertThat(second.get("other", "camera-1")).isEmpty();
    }

    @Test
    void countsOnAfterDeletion_forTwoDays() throws IOException {
        ShadowService shadows = open(START);
        var _ = shadows.update("gw", "s", json("{'a':1}"));
        var _ = shadows.update("gw", "s", json("{'a':2}"));
        assertThat(shadows.delete("gw", "s")).isTrue();
        assertThat(shadows.delete("gw", "s")).isFalse();
        assertThat(shadows.get("gw", "s")).isEmpty();
        assertThat(shadows.names("gw")).isEmpty();

        Path copy = Files.createDirectory(folder.resolveSibling(folder.getFileName() + "-later"));
        Files.createDirectory(copy.resolve("gw"));
        Files.copy(folder.resolve("gw/s.json"), copy.resolve("gw/s.json"));

        assertThat(open(START.plus(Duration.ofHours(47)))
                        .update("gw", "s", json("{}"))
                        .version())
                .isEqualTo(3);
        assertThat(ShadowService.open(copy, Clock.fixed(START.plus(Duration.ofHours(49)), ZoneOffset.UTC))
                        .update("gw", "s", json("{}"))
                        .version())
                .isEqualTo(1);
    }

    @Test
    void keepsADamagedFileAside() throws IOException {
        ShadowService first = open(START);
        var _ = first.update("gw", "bad", json("{'a':1}"));
        var _ = first.update("gw", "good", json("{'a':1}"));
        Path file = folder.resolve("gw/bad.json");
        Files.writeString(file, Files.readString(file).substring(0, 20));

        ShadowService second = open(START);

        assertThat(second.names("gw")).containsExactly("good");
        try (Stream<Path> files = Files.list(folder.resolve("gw"))) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder("good.json", "bad.json.damaged-" + START.toEpochMilli());
        }
    }

    @Test
    void changesNothing_whenItCannotWrite() throws IOException {
        ShadowService shadows = open(START);
        Sent sent = new Sent();
        shadows.attach(sent);
        var _ = shadows.update("gw", "s", json("{'a':1}"));
        Files.delete(folder.resolve("gw/s.json"));
        Files.createDirectories(folder.resolve("gw/s.json/in-the-way"));
        sent.messages.clear();

        ask(shadows, Verb.UPDATE, "s", "{'state':{'desired':{'a':2}},'clientToken':'t'}");

        assertThat(sent.messages)
                .singleElement()
                .asString()
                .startsWith("s/update/rejected {\"code\":500,")
                .contains("\"t\"");
        assertThat(shadows.get("gw", "s").orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void refusesWhatAwsIotWouldRefuse_beforeItIsKept() throws IOException {
        ShadowService shadows = open(START);

        assertThatThrownBy(() -> shadows.update("gw", "s", json("{'a':'" + "x".repeat(9000) + "'}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'s'")
                .hasMessageContaining("413");
        assertThatThrownBy(() -> shadows.update("gw", "s", json("[]"))).hasMessageContaining("not an object");
        assertThatThrownBy(() -> shadows.update("gw", "../s", json("{}"))).hasMessageContaining("shadow name");
        assertThatThrownBy(() -> shadows.update("g/w", "s", json("{}"))).hasMessageContaining("thing");
        assertThat(shadows.names("gw")).isEmpty();
    }

    @Test
    void boundsTheNamesOfAThing() throws IOException {
        ShadowService shadows = open(START);
        for (int i = 0; i < 1000; i++) {
            var _ = shadows.update("gw", "s" + i, json("{}"));
        }

        assertThatThrownBy(() -> shadows.update("gw", "one-more", json("{}"))).hasMessageContaining("1000");
        assertThat(shadows.update("gw", "s1", json("{}")).version()).isEqualTo(2);
        assertThat(shadows.update("other", "s", json("{}")).version()).isEqualTo(1);
    }
}
