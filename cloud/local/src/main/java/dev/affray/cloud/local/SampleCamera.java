package dev.affray.cloud.local;

import dev.affray.cloud.local.agent.AgentCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The synthetic sample camera's video: rendered by the agent at the first start, kept for the next ones. */
final class SampleCamera implements AutoCloseable {
    private static final int MINUTES_AT_MOST = 5;

    private final Path agentHome;
    private final Path video;
    private @Nullable Process rendering;

    SampleCamera(Path agentHome, Path video) {
        this.agentHome = agentHome;
        this.video = video;
    }

    /** Renders in the background, unless the video is there. */
    void beginRendering() throws IOException {
        if (Files.isRegularFile(video)) {
            return;
        }
        Files.createDirectories(video.getParent());
        List<String> command = AgentCommand.of(agentHome, List.of("sample-video", video.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(video.resolveSibling("rendering.log").toFile());
        AgentCommand.withoutSecrets(builder);
        rendering = builder.start();
    }

    /** Gives up rendering, if it still goes on. */
    @Override
    public void close() {
        Process process = rendering;
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** Waits for the video. */
    Path finishRendering() throws IOException {
        Process process = rendering;
        try {
            if (process != null && (!process.waitFor(MINUTES_AT_MOST, TimeUnit.MINUTES) || process.exitValue() != 0)) {
                process.destroyForcibly();
                throw new IOException(
                        "the sample camera could not be rendered; see " + video.resolveSibling("rendering.log"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the sample camera was rendered", e);
        }
        return video;
    }
}
