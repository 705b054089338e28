package dev.affray.agent;

import dev.affray.agent.check.CheckReport;
import dev.affray.agent.check.Checkup;
import dev.affray.document.Json;
import dev.affray.frame.CameraId;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The doctor. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Looks at everything this gateway needs: configuration, certificate, disk, names and ports, MQTT, credentials, S3, clock, and each camera. One line each, with what to do about what is wrong.",
            "Writes one small object under clips/THING/ and, where no agent runs, says on the gateway's topic that it is offline. Changes nothing else."
        },
        footer = {
            "",
            "A running agent goes on. Only its MQTT connection cannot be tried beside it, since a gateway may connect only once; what was last in force tells the cameras then.",
            "",
            "Exit codes: 0 nothing failed, 1 something did, 2 wrong usage.",
            "",
            "For example:",
            "  affray-agent check --config conf/agent.yaml",
            "  affray-agent check --config conf/agent.yaml --camera yard --json"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "the agent.yaml to look at")
    private Path config;

    @Option(
            names = "--camera",
            paramLabel = "ID",
            arity = "1..*",
            description = "look at these cameras alone; everything else is looked at all the same")
    private List<String> cameras = List.of();

    @Option(
            names = "--disconnect",
            description = "try MQTT even while the agent runs, which loses its connection for some seconds by that")
    private boolean disconnect;

    @Option(names = "--json", description = "print all findings as one JSON document")
    private boolean json;

    @Override
    public Integer call() {
        cameras.stream().filter(id -> !CameraId.isName(id)).findFirst().ifPresent(id -> {
            throw new ParameterException(
                    spec.commandLine(), "--camera " + id + ": '" + id + "' is not " + CameraId.NAME_RULE);
        });
        if (!Files.isRegularFile(config)) {
            throw new ParameterException(spec.commandLine(), "--config " + config + ": there is no such file");
        }
        PrintWriter printer = spec.commandLine().getOut();
        CheckReport report = new Checkup(
                        config,
                        new Checkup.Options(cameras, disconnect),
                        Version.text(),
                        Clock.systemUTC(),
                        finding -> {
                            if (!json) {
                                printer.println(finding.line());
                                printer.flush();
                            }
                        })
                .run();
        printer.println(json ? Json.write(report) : report.summary());
        printer.flush();
        return report.healthy() ? 0 : 1;
    }
}
