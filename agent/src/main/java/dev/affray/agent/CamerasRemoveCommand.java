package dev.affray.agent;

import dev.affray.agent.desired.CameraDesk;
import dev.affray.agent.desired.CameraDesk.Edited;
import dev.affray.agent.desired.DesiredException;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;

/** A camera that is served no more: off the gateway's list first, then its document. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Lets the gateway serve a camera no more, then deletes its document. Frames that were taken stay.",
            "Keep the document first if it may be wanted again: affray-agent cameras show CAMERA > camera.json"
        },
        footer = {
            "",
            "Exit codes: 0 the gateway serves it no more, 1 failed, 2 wrong usage, 3 sent, but not reported in time."
        })
final class CamerasRemoveCommand extends CameraEditing {
    @Override
    int edit(CameraDesk desk, String thing, Told told, Duration patience) throws IOException, InterruptedException {
        Edited unlisted = desk.unlist(camera);
        int code = told.edited(thing, unlisted, patience, desk::waitForList);
        if (code != 0 && code != CamerasCommand.SILENT) {
            told.aside("camera " + camera + ": its document is kept, since the gateway may still serve it");
            return code;
        }
        boolean deleted = desk.delete(camera);
        if (!deleted && unlisted instanceof Edited.Nothing) {
            throw new DesiredException("there is no camera " + camera + " at " + thing);
        }
        if (deleted) {
            told.aside("camera " + camera + ": its document is deleted");
        }
        if (cloud.isLocal()) {
            told.aside(
                    "The local edition serves the cameras of its command line: it is back at the next start with --camera "
                            + camera + "=...");
        }
        return code;
    }
}
