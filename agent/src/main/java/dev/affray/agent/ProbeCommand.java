package dev.affray.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.agent.camera.CameraPlan;
import dev.affray.agent.capture.Probe;
import dev.affray.agent.tuning.ProbeReport;
import dev.affray.agent.tuning.ProbeText;
import dev.affray.document.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what a camera sends, and what suits it. */
@Command(
        name = "probe",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Watches a camera for a while and tells what it sends, how it wants to be spoken to, which settings suit it, and why there is no video if there is none.",
            "Ends with a document for the camera. Ctrl-C ends it early."
        },
        footer = {
            "",
            "Exit codes: 0 there is video, 1 there is none, 2 wrong usage or configuration.",
            "",
            "For example:",
            "  affray-agent probe rtsp://10.0.0.5/stream1",
            "  affray-agent probe rtsps://10.0.0.5/stream1 --secrets secrets.yaml --secret yard"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ProbeCommand implements Callable<Integer> {
    /** Long enough for two key pictures of nearly every camera. */
    private static final int PATIENCE = 30;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "URL",
            description =
                    "rtsp, rtsps, http or https, without a password in it, or a video file; may be left out where --config names one")
    private @Nullable String url;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "how long to watch, or until the second key picture, up to " + PATIENCE
                    + " (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Mixin
    private CameraOptions camera;

    @Option(names = "--json", description = "print the report as JSON")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (seconds < 1) {
            throw new ParameterException(spec.commandLine(), "--seconds is " + seconds + "; must be at least 1");
        }
        ObjectNode document = camera.document();
        Optional<String> source = Optional.ofNullable(url);
        CameraPlan plan = camera.plan(source, document);
        Probe probe =
                new Probe(plan.source(), Duration.ofSeconds(seconds), Duration.ofSeconds(Math.max(seconds, PATIENCE)));
        try (EarlyEnd end = EarlyEnd.install(probe::end)) {
            ProbeReport report = ProbeReport.of(plan, probe.run(), camera.located(source, document));
            PrintWriter printer = spec.commandLine().getOut();
            if (json) {
                printer.println(Json.write(report));
            } else {
                printer.print(ProbeText.of(report));
            }
            printer.flush();
            int code = report.video() == null ? 1 : 0;
            end.printed(code);
            return code;
        }
    }
}
