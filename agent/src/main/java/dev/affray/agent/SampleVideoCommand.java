package dev.affray.agent;

import dev.affray.agent.capture.SampleVideo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Renders a video to try the agent with. */
@Command(
        name = "sample-video",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Renders a short video of drawn figures, to try the agent without a camera.",
        footer = {"", "Then: affray-agent run --config conf/agent.yaml --source CAMERA=FILE"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SampleVideoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "the MP4 file to write; replaced if it is there")
    private Path file;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        SampleVideo.render(file, (seconds, total) -> {
            err.printf("\r%d of %d seconds rendered", seconds, total);
            err.flush();
        });
        err.println();
        return 0;
    }
}
