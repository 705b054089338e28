package dev.affray.agent;

import dev.affray.agent.desired.CameraDesk;
import dev.affray.agent.desired.DesiredException;
import dev.affray.agent.desired.Held;
import dev.affray.agent.desired.Standing;
import dev.affray.agent.desired.ThingShadows;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A camera's document. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description =
                "Prints what is desired of a camera, as JSON on standard output, and on standard error what the gateway makes of it.",
        footer = {"", "Exit codes: 0 it is in force, 1 it is not or it failed, 2 wrong usage."})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CamerasShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CAMERA", description = "its id")
    private String camera;

    @Mixin
    private CloudOptions cloud;

    @Override
    public Integer call() throws IOException {
        cloud.checkId(camera);
        try (ThingShadows shadows = cloud.shadows()) {
            Held held = new CameraDesk(shadows, _ -> {})
                    .camera(camera)
                    .orElseThrow(() ->
                            new DesiredException("camera " + camera + " of " + shadows.thing() + " has no document"));
            PrintWriter printer = spec.commandLine().getOut();
            printer.println(held.desired().toPrettyString());
            printer.flush();
            new Told(spec.commandLine()).standing("camera " + camera, held.standing());
            return held.standing() instanceof Standing.InForce ? 0 : 1;
        }
    }
}
