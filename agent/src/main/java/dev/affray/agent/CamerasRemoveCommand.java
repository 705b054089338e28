package dev.affray.agent;

import dev.affray.agent.desired.CameraDesk;
import dev.affray.agent.desired.CameraDesk.Edited;
import dev.affray.agent.desired.DesiredException;
import dev.affray.agent.desired.ThingShadows;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CamerasRemoveCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CAMERA", description = "its id")
    private String camera;

    @Mixin
    private CloudOptions cloud;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "for what the gateway reports; 0 for not at all (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Override
    public Integer call() throws IOException, InterruptedException {
        cloud.checkId(camera);
        Duration patience = cloud.patience(seconds);
        Told told = new Told(spec.commandLine());
        try (ThingShadows shadows = cloud.shadows()) {
            CameraDesk desk = new CameraDesk(shadows, told::aside);
            Edited unlisted = desk.unlist(camera);
            int code = told.edited(shadows.thing(), unlisted, patience, desk::waitForList);
            if (code != 0 && code != CamerasCommand.SILENT) {
                told.aside("camera " + camera + ": its document is kept, since the gateway may still serve it");
                return code;
            }
            boolean deleted = desk.delete(camera);
            if (!deleted && unlisted instanceof Edited.Nothing) {
                throw new DesiredException("there is no camera " + camera + " at " + shadows.thing());
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
}
