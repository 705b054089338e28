package dev.affray.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.command.CommandKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The video around a time. */
@Command(
        name = "clip",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Lets a camera send the video around a time, as it came and without sound, and prints the key of the object in the bucket.",
            "Only video that the gateway still keeps in memory can be sent: see clips.seconds in its agent.yaml. A camera with privacy masks sends none."
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 not answered, or not done in time.",
            "",
            "For example:",
            "  affray-agent cameras clip yard --thing gateway-1",
            "  affray-agent cameras clip yard --at 2026-11-20T22:14:05+01:00 --before 20 --after 10 --thing gateway-1"
        })
final class CamerasClipCommand extends SendingCommand {
    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "a capture time, with its offset from UTC, by the gateway's clock (default: now)")
    private @Nullable String at;

    @Option(
            names = "--before",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "how much of what was before (default: ${DEFAULT-VALUE})")
    private int before;

    @Option(
            names = "--after",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "how much of what came after, or is to come (default: ${DEFAULT-VALUE})")
    private int after;

    CamerasClipCommand() {
        super(CommandKind.CLIP);
    }

    @Override
    void complete(ObjectNode command, Instant now) {
        command.putObject("clip")
                .put("at", at == null ? now.toString() : at)
                .put("before", before)
                .put("after", after);
    }
}
