package dev.affray.agent;

import dev.affray.agent.desired.DesiredException;
import dev.affray.agent.desired.LocalEdition;
import dev.affray.agent.desired.ThingShadows;
import dev.affray.frame.CameraId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whose cameras are meant, and where their shadows are. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CloudOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--thing", paramLabel = "NAME", description = "the gateway; with --local its only one")
    private @Nullable String thing;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "of AWS; else that of the environment or AWS profile")
    private @Nullable String region;

    @Option(
            names = "--local",
            paramLabel = "FOLDER",
            description = "a local edition that runs on this machine, by its data folder; no AWS is needed then")
    private @Nullable Path local;

    /** The shadows to read and write. */
    ThingShadows shadows() throws DesiredException {
        if (local != null) {
            if (region != null) {
                throw wrong("--region is about AWS, and --local about this machine; leave one of them out");
            }
            LocalEdition edition = LocalEdition.of(local);
            if (thing != null && !thing.equals(edition.thing())) {
                throw wrong("--thing " + thing + ": the gateway of " + local + " is " + edition.thing());
            }
            return ThingShadows.in(edition);
        }
        if (thing == null) {
            throw wrong("--thing NAME is missing, or --local FOLDER");
        }
        if (!CameraId.isName(thing)) {
            throw wrong("--thing " + thing + ": '" + thing + "' is not " + CameraId.NAME_RULE);
        }
        return ThingShadows.inAws(thing, Optional.ofNullable(region));
    }

    /** Whether it is about a local edition, which writes the list of cameras anew at every start. */
    boolean isLocal() {
        return local != null;
    }

    /** Refuses an id that none can have. */
    void checkId(String camera) {
        if (!CameraId.isName(camera)) {
            throw wrong("'" + camera + "' is not " + CameraId.NAME_RULE);
        }
    }

    /** @param seconds as {@code --wait} has it */
    Duration patience(int seconds) {
        if (seconds < 0) {
            throw wrong("--wait is " + seconds + "; must be 0 or more seconds");
        }
        return Duration.ofSeconds(seconds);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
