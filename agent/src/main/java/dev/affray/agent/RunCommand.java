package dev.affray.agent;

import dev.affray.agent.camera.Secrets;
import dev.affray.agent.camera.SecretsFile;
import dev.affray.agent.camera.Sources;
import dev.affray.agent.capture.CaptureSource;
import dev.affray.agent.config.AgentConfig;
import dev.affray.agent.config.AgentYaml;
import dev.affray.agent.gate.ScoreModel;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import dev.affray.frame.CameraId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the gateway. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Runs the gateway until it is stopped (SIGTERM or Ctrl-C), which takes a few seconds and loses nothing.",
        footer = {
            "",
            "Exit codes: 0 stopped or done, 1 failed, 2 wrong usage or configuration, 3 to be started again: too many calls into FFmpeg hang.",
            "",
            "A camera's document can name network streams and video devices only. A local file must be named here:",
            "  affray-agent run --config conf/agent.yaml --source yard=yard.mp4 --until-idle"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RunCommand implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(RunCommand.class);
    private static final long LOOK_MILLIS = 200;

    /** For a supervisor, which starts the agent again after any code but 0, and for the person who wonders why. */
    private static final int OVERWHELMED = 3;

    @Spec
    private CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "the agent.yaml to run by")
    private Path config;

    @Option(
            names = "--source",
            paramLabel = "ID=FILE",
            description = "play this video file as camera ID, whatever its document says; may be repeated")
    private Map<String, Path> sources = new LinkedHashMap<>();

    @Option(names = "--loop", description = "play the files of --source again and again")
    private boolean loop;

    @Option(
            names = "--speed",
            paramLabel = "X",
            defaultValue = "1",
            description = {
                "play the files of --source X times faster than in real time, 1 to 100, or as fast as this machine can",
                "Frames keep their distances in time; the film counts as having been captured before, so that it ends now. Default: ${DEFAULT-VALUE}"
            })
    private double speed;

    @Option(
            names = "--until-idle",
            description = "stop by itself when every camera's file is played to its end and every frame is uploaded")
    private boolean untilIdle;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        AgentConfig agentConfig = accepted(spec.commandLine(), config, AgentYaml.load(config));
        Secrets secrets = Secrets.NONE;
        if (agentConfig.secrets().isPresent()) {
            SecretsFile file = agentConfig.secrets().get();
            secrets = accepted(spec.commandLine(), file.path(), Secrets.load(file));
        }
        return run(agentConfig, scoreModel(agentConfig), new Sources(sources, loop, speed, secrets));
    }

    private void check() {
        sources.forEach((camera, file) -> {
            if (!CameraId.isName(camera)) {
                throw wrong("--source " + camera + "=" + file + ": '" + camera + "' is not " + CameraId.NAME_RULE);
            }
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw wrong("--source " + camera + "=" + file + ": there is no such file, or it may not be read");
            }
        });
        if (loop && sources.isEmpty()) {
            throw wrong("--loop needs --source: it is about the files given there");
        }
        if (!(speed >= 1 && speed <= CaptureSource.LocalFile.MAX_SPEED)) {
            throw wrong("--speed " + speed + ": must be 1 to " + (int) CaptureSource.LocalFile.MAX_SPEED);
        }
        if (speed != 1 && sources.isEmpty()) {
            throw wrong("--speed needs --source: it is about the files given there");
        }
        if (speed != 1 && loop) {
            throw wrong(
                    "--speed and --loop contradict each other: a film without an end would soon be ahead of the clock");
        }
        if (loop && untilIdle) {
            throw wrong("--loop and --until-idle contradict each other: a looped file never ends");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** What a file says; otherwise wrong usage, with every problem. */
    static <T> T accepted(CommandLine line, Path file, Reading<T> reading) {
        return switch (reading) {
            case Reading.Accepted<T>(T value) -> value;
            case Reading.Refused<T>(List<Problem> problems) -> {
                StringBuilder text = new StringBuilder(file + " is refused:");
                problems.forEach(problem ->
                        text.append(System.lineSeparator()).append("  ").append(problem));
                throw new ParameterException(line, text.toString());
            }
        };
    }

    private ScoreModel scoreModel(AgentConfig agentConfig) {
        if (agentConfig.scoreModel().isEmpty()) {
            return ScoreModel.shipped();
        }
        try {
            return ScoreModel.load(agentConfig.scoreModel().get());
        } catch (IOException e) {
            throw wrong("score.model of " + config + ": " + e.getMessage());
        }
    }

    private int run(AgentConfig agentConfig, ScoreModel model, Sources chosen)
            throws IOException, InterruptedException {
        try (Agent agent = new Agent(agentConfig, model, chosen, Clock.systemUTC())) {
            StopSignal.install(agent);
            agent.start();
            while (!agent.isClosed()) {
                if (agent.isOverwhelmed()) {
                    log.error(
                            "Too many calls into FFmpeg hang: the agent ends with exit code {}, to be started again; what is in the spool is kept",
                            OVERWHELMED);
                    StopSignal.endSoon(OVERWHELMED);
                    return OVERWHELMED;
                }
                if (untilIdle) {
                    Optional<String> endless = agent.endlessCamera();
                    if (endless.isPresent()) {
                        throw wrong("--until-idle: camera " + endless.get()
                                + " is a stream and never ends; give it a file with --source " + endless.get()
                                + "=FILE, or leave --until-idle out");
                    }
                    Optional<String> unserved = agent.unservedFile();
                    if (unserved.isPresent()) {
                        throw wrong("--until-idle: the file of --source " + unserved.get()
                                + " would never be played; the gateway's document names no camera " + unserved.get());
                    }
                    if (agent.isIdle()) {
                        break;
                    }
                }
                Thread.sleep(LOOK_MILLIS);
            }
        }
        return 0;
    }
}
