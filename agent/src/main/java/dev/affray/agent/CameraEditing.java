package dev.affray.agent;

import dev.affray.agent.desired.CameraDesk;
import dev.affray.agent.desired.ThingShadows;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that changes what is desired of one camera, and waits for what the gateway makes of it. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
abstract class CameraEditing implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "CAMERA", description = "its id, of letters, digits, _ and -")
    String camera;

    @Mixin
    CloudOptions cloud;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "for what the gateway reports; 0 for not at all (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Override
    public final Integer call() throws IOException, InterruptedException {
        cloud.checkId(camera);
        Duration patience = cloud.patience(seconds);
        check();
        Told told = new Told(spec.commandLine());
        try (ThingShadows shadows = cloud.shadows()) {
            return edit(new CameraDesk(shadows, told::aside), shadows.thing(), told, patience);
        }
    }

    /** Sees to the rest of the command line, before anything is asked of the cloud. */
    void check() {}

    /**
     * Does it.
     *
     * @param thing the gateway
     * @param patience for the gateway; zero for not at all
     * @return the exit code
     */
    abstract int edit(CameraDesk desk, String thing, Told told, Duration patience)
            throws IOException, InterruptedException;

    final ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
