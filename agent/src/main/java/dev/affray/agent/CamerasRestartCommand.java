package dev.affray.agent;

import dev.affray.command.CommandKind;
import picocli.CommandLine.Command;

/** A camera that is connected to anew. */
@Command(
        name = "restart",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Lets the gateway connect to a camera anew, and waits until it streams again.",
            "The video that the gateway kept for clips of this camera is gone then."
        },
        footer = {
            "",
            "Exit codes: 0 it streams again, 1 refused, or it does not stream, 2 wrong usage, 3 not answered, or not done in time."
        })
final class CamerasRestartCommand extends SendingCommand {
    CamerasRestartCommand() {
        super(CommandKind.RESTART);
    }
}
