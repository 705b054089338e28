package dev.affray.agent;

import dev.affray.agent.desired.CameraDesk;
import dev.affray.agent.desired.Edit;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Changes fields of a camera's document. */
@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Changes fields of a camera's document, says what changed, and waits for what the gateway makes of it.",
            "A value is JSON, or else a plain text; null takes the field out, so that its default holds. A list is given whole."
        },
        footer = {
            "",
            "Exit codes: 0 in force, 1 failed or refused by the gateway, 2 wrong and nothing was sent, 3 sent, but not reported in time.",
            "",
            "For example:",
            "  affray-agent cameras set yard name=\"Back yard\" sampling.fps=2 --thing gateway-1",
            "  affray-agent cameras set yard 'masks=[[[0,0],[0.3,0],[0.3,1],[0,1]]]' alert=null --thing gateway-1"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CamerasSetCommand extends CameraEditing {
    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "PATH=VALUE",
            description = "a field, and what it is to be")
    private List<String> edits;

    private List<Edit> parsed = List.of();

    @Override
    void check() {
        parsed = parsed(this, edits);
    }

    @Override
    int edit(CameraDesk desk, String thing, Told told, Duration patience) throws IOException, InterruptedException {
        try {
            return told.edited(
                    "camera " + camera,
                    desk.set(camera, parsed),
                    patience,
                    (desired, time) -> desk.waitForCamera(camera, desired, time));
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    /** The edits of a command line; otherwise wrong usage. */
    static List<Edit> parsed(CameraEditing command, List<String> texts) {
        try {
            return texts.stream().map(Edit::parse).toList();
        } catch (IllegalArgumentException e) {
            throw command.wrong(String.valueOf(e.getMessage()));
        }
    }
}
