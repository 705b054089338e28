package dev.affray.agent;

import dev.affray.agent.desired.CameraDesk;
import dev.affray.agent.desired.Edit;
import dev.affray.agent.desired.ThingShadows;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
final class CamerasSetCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "CAMERA", description = "its id")
    private String camera;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "PATH=VALUE",
            description = "a field, and what it is to be")
    private List<String> edits;

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
        List<Edit> parsed = parsed(spec, edits);
        try (ThingShadows shadows = cloud.shadows()) {
            CameraDesk desk = new CameraDesk(shadows, told::aside);
            return told.edited(
                    "camera " + camera,
                    desk.set(camera, parsed),
                    patience,
                    (desired, time) -> desk.waitForCamera(camera, desired, time));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** The edits of a command line; otherwise wrong usage. */
    static List<Edit> parsed(CommandSpec spec, List<String> texts) {
        try {
            return texts.stream().map(Edit::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
