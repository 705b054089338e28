package dev.affray.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.agent.camera.CameraPlan;
import dev.affray.agent.capture.ClipBounds;
import dev.affray.agent.tuning.Trial;
import dev.affray.agent.tuning.TrialReport;
import dev.affray.agent.tuning.TrialTable;
import dev.affray.camera.GatewayConfig;
import dev.affray.document.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Samples cameras into folders. */
@Command(
        name = "sample",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Takes frames from a camera as the agent would, writes them to a folder, and tells what became of every sampling instant: to tune a camera without any cloud.",
            "Ctrl-C ends it early; what there is by then is told."
        },
        footer = {
            "",
            "Exit codes: 0 every camera gave a picture, 1 one did not, there is no clip, or it failed, 2 wrong usage or configuration.",
            "",
            "For example:",
            "  affray-agent sample rtsp://10.0.0.5/stream1 --secrets secrets.yaml --secret yard --out frames",
            "  affray-agent sample --config camera.json --seconds 600 --out frames",
            "  affray-agent sample yard.mp4 --gate off --fps 1 --out frames"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SampleCommand implements Callable<Integer> {
    private static final Duration STEP = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "URL",
            description =
                    "rtsp, rtsps, http or https, without a password in it, or a video file; several are sampled at the same time; may be left out where --config names one")
    private List<String> urls = new ArrayList<>();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = {
                "where the frames go, named as in the spool: {captureMillis}-{sequence}-{score}.jpg",
                "a new or an empty folder; with several cameras they go into DIR/1, DIR/2 and so on"
            })
    private Path out;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "how long; a file ends earlier by itself (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--clip",
            paramLabel = "FILE",
            description =
                    "write the video that is kept at the end to this MP4 file, as the camera sent it; of one camera, without masks")
    private @Nullable Path clip;

    @Option(
            names = "--clip-seconds",
            paramLabel = "N",
            description =
                    "how much video of each camera is kept in memory, as clips.seconds of agent.yaml; with --clip 30, else none")
    private @Nullable Integer clipSeconds;

    @Mixin
    private CameraOptions camera;

    @Mixin
    private SamplingOptions sampling;

    @Option(
            names = "--cameras",
            paramLabel = "N",
            defaultValue = "1",
            description = "as if every URL stood there N times: to see what N cameras take of this machine")
    private int times;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "0",
            description = "leave the first N seconds out of the processor time and the largest lag")
    private int warmUp;

    @Option(names = "--json", description = "print the report as JSON")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        ObjectNode document = camera.document();
        sampling.putInto(document);
        List<CameraPlan> plans = plans(document);
        Trial trial = new Trial(
                plans,
                out,
                new Trial.Settings(
                        Duration.ofSeconds(seconds),
                        Duration.ofSeconds(warmUp),
                        STEP,
                        clips(),
                        Optional.ofNullable(clip)));
        try (EarlyEnd end = EarlyEnd.install(trial::end)) {
            PrintWriter err = spec.commandLine().getErr();
            TrialReport report = trial.run(line -> {
                err.println(line);
                err.flush();
            });
            boolean clipped = report.clip() == null || report.clip().written();
            int code = clipped && report.cameras().stream().allMatch(TrialReport.Tried::seen) ? 0 : 1;
            print(report);
            end.printed(code);
            return code;
        }
    }

    private void print(TrialReport report) {
        PrintWriter printer = spec.commandLine().getOut();
        if (json) {
            printer.println(Json.write(report));
        } else {
            printer.print(TrialTable.of(report));
        }
        printer.flush();
        for (TrialReport.Tried tried : report.cameras()) {
            if (!tried.seen()) {
                String why = tried.trouble() == null ? "" : ": " + tried.trouble();
                spec.commandLine().getErr().println("camera " + tried.camera() + ": not a single picture" + why);
            }
        }
        spec.commandLine().getErr().flush();
    }

    private void check() throws IOException {
        if (seconds < 1) {
            throw wrong("--seconds is " + seconds + "; must be at least 1");
        }
        if (warmUp < 0 || warmUp >= seconds) {
            throw wrong("--warm-up is " + warmUp + "; must be from 0 to less than --seconds, which is " + seconds);
        }
        int cameras = times * Math.max(1, urls.size());
        if (times < 1 || cameras > GatewayConfig.MAX_CAMERAS) {
            throw wrong("--cameras is " + times + "; must be at least 1, and no more than " + GatewayConfig.MAX_CAMERAS
                    + " cameras in all");
        }
        if (clipSeconds != null && clipSeconds < 0) {
            throw wrong("--clip-seconds is " + clipSeconds + "; must be at least 0");
        }
        if (clip != null && clips().isOff()) {
            throw wrong("--clip has nothing to write with --clip-seconds 0; leave out one of them");
        }
        if (clip != null && cameras > 1) {
            throw wrong("--clip is about one camera, and there are " + cameras);
        }
        if (clip != null
                && (Files.isDirectory(clip)
                        || !Files.isWritable(clip.toAbsolutePath().getParent()))) {
            throw wrong("--clip " + clip + ": must be a file in a folder that is there and may be written to");
        }
        if (Files.exists(out) && !isEmptyFolder()) {
            throw wrong("--out " + out + " is there and not an empty folder; name another one, or empty it");
        }
    }

    private ClipBounds clips() {
        Duration usual = clip == null ? Duration.ZERO : ClipBounds.DEFAULT.span();
        return new ClipBounds(
                clipSeconds == null ? usual : Duration.ofSeconds(clipSeconds), ClipBounds.DEFAULT.maxBytes());
    }

    private boolean isEmptyFolder() throws IOException {
        if (!Files.isDirectory(out)) {
            return false;
        }
        try (Stream<Path> files = Files.list(out)) {
            return files.findAny().isEmpty();
        }
    }

    private List<CameraPlan> plans(ObjectNode document) {
        List<CameraPlan> plans = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            if (urls.isEmpty()) {
                plans.add(camera.plan(Optional.empty(), document));
            }
            urls.forEach(url -> plans.add(camera.plan(Optional.of(url), document)));
        }
        return plans;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
