package dev.affray.cloud.function.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.document.Json;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FunctionProcessIT {
    private static final Map<String, String> SETTINGS = Map.of("FIRST_TABLE", "t", "SOME_DAYS", "3");

    @Test
    void runsAFunctionOnAwssOwnRuntimeClient() throws IOException {
        try (FunctionProcess function = start("on-demand", SETTINGS)) {
            assertThat(function.started()).isInstanceOf(Start.Ready.class);
            assertThat(function.invoke("{\"a\": 1}")).isInstanceOfSatisfying(Answer.Response.class, answer -> {
                assertThat(answer.body()).isEqualTo("{\"a\": 1}");
                JsonNode line = Json.tree(function.log().getLast());
                assertThat(line.path("AWSRequestId").asText()).isEqualTo(answer.requestId());
                assertThat(line.path("message").asText()).isEqualTo("not primed no HOME");
            });
            assertThat(function.invoke("{}"))
                    .isInstanceOfSatisfying(
                            Answer.Failure.class,
                            answer -> assertThat(answer.body())
                                    .contains("the event is empty", "IllegalArgumentException"));
            assertThat(function.invoke("[2]").body()).isEqualTo("[2]");
        }
    }

    @Test
    void runsTheHooksAroundASnapshot() throws IOException {
        try (FunctionProcess function = start("snap-start", SETTINGS)) {
            function.snapshotTaken();
            assertThat(function.started()).isInstanceOf(Start.Ready.class);
            function.invoke("[1]");
            assertThat(Json.tree(function.log().getLast()).path("message").asText())
                    .isEqualTo("primed no HOME");
        }
    }

    @Test
    void tellsWhyAFunctionDoesNotStart() throws IOException {
        try (FunctionProcess function = start("on-demand", Map.of("SOME_DAYS", "11"))) {
            assertThat(function.started())
                    .isInstanceOfSatisfying(
                            Start.Failed.class,
                            failed ->
                                    assertThat(failed.error()).contains("FIRST_TABLE is missing", "SOME_DAYS is '11'"));
            assertThat(function.ended()).isEqualTo(1);
        }
    }

    @Test
    void neverWaitsForAProcessThatHasEnded() throws IOException {
        try (FunctionProcess function = start("on-demand", Map.of("JAVA_TOOL_OPTIONS", "-XX:NoSuchOption"))) {
            assertThatThrownBy(function::started)
                    .hasMessageContaining("ended with 1")
                    .hasMessageContaining("NoSuchOption");
        }
    }

    @Test
    void anInvocationThatTheProcessDoesNotOutliveFails_andSoDoesTheNext() throws IOException {
        try (FunctionProcess function = start("on-demand", SETTINGS)) {
            assertThatThrownBy(() -> function.invoke("[\"die\"]")).hasMessageContaining("ended with 3");
            assertThatThrownBy(() -> function.invoke("[1]")).hasMessageContaining("ended with 3");
        }
    }

    private static FunctionProcess start(String initialization, Map<String, String> environment) throws IOException {
        List<Path> classpath = Arrays.stream(
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .split(File.pathSeparator, -1))
                .map(Path::of)
                .toList();
        return FunctionProcess.start(classpath, initialization, EchoFunction.class.getName(), environment);
    }
}
