package dev.affray.agent;

import dev.affray.agent.config.NewAgentYaml;
import dev.affray.agent.disk.SmallFile;
import dev.affray.agent.identity.IdentityFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Where {@code enroll} and {@code provision} put what they make. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class IdentityOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "the agent's data folder; key and certificate go into identity/ in it. Default: data beside the configuration file")
    private @Nullable Path data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "agent.yaml",
            description =
                    "the configuration file to write; one that is there stays, and what it must say is printed instead. Default: ${DEFAULT-VALUE}")
    private Path config;

    Path data() {
        Path folder = data == null ? config.toAbsolutePath().resolveSibling("data") : data.toAbsolutePath();
        return folder.normalize();
    }

    IdentityFolder identity() {
        return new IdentityFolder(data().resolve("identity"));
    }

    /** Writes the configuration, or shows it where there is one that says something else, and tells what comes next. */
    void finish(CommandLine line, NewAgentYaml yaml) throws IOException {
        String text = yaml.text();
        if (!Files.exists(config)) {
            SmallFile.write(config, text);
            line.getOut().println("Wrote " + config);
        } else if (Files.readString(config).equals(text)) {
            line.getOut().println(config + " is as it should be");
        } else {
            line.getOut().println(config + " is there and was not changed. It must say:");
            line.getOut().println();
            line.getOut().print(text);
            line.getOut().println();
        }
        line.getOut().println("Next: affray-agent run --config " + config);
        line.getOut().flush();
    }
}
