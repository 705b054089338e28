package dev.affray.agent.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.document.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the installed agent took of the machine, and what it says it did.
 *
 * @param report of {@code sample}
 */
record Ours(Use use, JsonNode report) {
    static final Path OUT = Workshop.FOLDER.resolve("ours");
    private static final String NAME = "affray-agent";
    private static final Path PROGRAM =
            Path.of("target", "affray-agent", "bin", NAME).toAbsolutePath();

    /** Samples a source for as long as it takes to measure it, and sees to it that every instant is accounted for. */
    static Ours sampling(String url, Window window, String... options) throws IOException, InterruptedException {
        return sampling(List.of(), url, window, options);
    }

    /** @param prefix the words before the program's */
    static Ours sampling(List<String> prefix, String url, Window window, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        Workshop.fresh(OUT.getFileName().toString());
        String warmUp = Long.toString(window.warmUp().toSeconds());
        command.addAll(List.of(PROGRAM.toString(), "sample", url, "--out", OUT.toString(), "--json"));
        command.addAll(List.of("--seconds", "86400", "--warm-up", warmUp));
        command.addAll(List.of(options));
        List<Process> processes = List.of(Workshop.start(NAME, command));
        Use use;
        try {
            use = Use.of(processes, window);
        } finally {
            Workshop.end(processes);
        }
        Ours ours = new Ours(use, Json.tree(Files.readString(Workshop.said(NAME))));
        ours.cameras().forEach(Ours::checkLaw);
        return ours;
    }

    List<JsonNode> cameras() {
        List<JsonNode> cameras = new ArrayList<>();
        report.get("cameras").forEach(cameras::add);
        return cameras;
    }

    long written() {
        return sum("written");
    }

    private long sum(String field) {
        return cameras().stream()
                .mapToLong(camera -> camera.get(field).asLong())
                .sum();
    }

    private static void checkLaw(JsonNode camera) {
        JsonNode gated = camera.get("gated");
        assertThat(camera.get("instants").asLong())
                .as("every instant is accounted for: " + camera)
                .isEqualTo(gated.get("packets").asLong()
                        + gated.get("motion").asLong()
                        + gated.get("duplicates").asLong()
                        + camera.get("failed").asLong()
                        + camera.get("written").asLong());
    }

    /** Sees to it that every camera gave video from beginning to end, and no frame was lost. */
    void checkStreaming() {
        for (JsonNode camera : cameras()) {
            assertThat(camera.get("trouble").isNull())
                    .as("streaming at the end: " + camera)
                    .isTrue();
            assertThat(camera.get("reconnects").asLong())
                    .as("reconnects of " + camera)
                    .isZero();
            assertThat(camera.get("failed").asLong())
                    .as("lost frames of " + camera)
                    .isZero();
            assertThat(camera.get("instants").asLong())
                    .as("instants of " + camera)
                    .isPositive();
        }
    }

    /** Sees to it that the gate of every camera was closed. */
    void checkClosed(Window window) {
        for (JsonNode camera : cameras()) {
            assertThat(isClosed(camera, window))
                    .as("the gate kept a whole window of packets from the decoder: " + camera)
                    .isTrue();
        }
    }

    /** Whether as much as the whole window was hardly decoded: the warm-up may have been, and a picture every few seconds. */
    static boolean isClosed(JsonNode camera, Window window) {
        long undecoded = camera.get("packets").asLong() - camera.get("decoded").asLong();
        return undecoded > 0.95 * 25 * window.length().toSeconds()
                && camera.at("/gated/packets").asLong() > 0;
    }

    /** Sees to it that everything was decoded. */
    void checkOpen() {
        for (JsonNode camera : cameras()) {
            assertThat(camera.get("decoded").asLong())
                    .as("decoded pictures of " + camera)
                    .isGreaterThan((long) (0.95 * camera.get("packets").asLong()));
        }
    }
}
