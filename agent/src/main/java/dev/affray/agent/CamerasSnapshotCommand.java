package dev.affray.agent;

import dev.affray.command.CommandKind;
import picocli.CommandLine.Command;

/** A picture of now. */
@Command(
        name = "snapshot",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Lets a camera send a picture of what it sees now, with its privacy masks, and prints the key of the object in the bucket.",
            "A camera that is disarmed refuses."
        },
        footer = {"", "Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 not answered, or not done in time."})
final class CamerasSnapshotCommand extends SendingCommand {
    CamerasSnapshotCommand() {
        super(CommandKind.SNAPSHOT);
    }
}
