package dev.affray.agent;

import dev.affray.agent.desired.CameraDesk;
import dev.affray.agent.desired.CameraLine;
import dev.affray.agent.desired.ThingShadows;
import dev.affray.document.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Every camera of a gateway, and what the gateway makes of its document. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Lists the cameras that the gateway is to serve, and what it reported of each.",
        footer = {"", "Exit codes: 0 all are in force, 1 one is not or it failed, 2 wrong usage."})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CamerasListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CloudOptions cloud;

    @Option(names = "--json", description = "print it as JSON")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        PrintWriter printer = spec.commandLine().getOut();
        List<CameraLine> lines = new ArrayList<>();
        String thing;
        try (ThingShadows shadows = cloud.shadows()) {
            thing = shadows.thing();
            new CameraDesk(shadows, _ -> {}).cameras().forEach((id, held) -> lines.add(CameraLine.of(id, held)));
        }
        if (json) {
            printer.println(Json.write(lines));
        } else if (lines.isEmpty()) {
            printer.println(thing + " is to serve no cameras");
        } else {
            lines.forEach(line -> print(printer, line));
        }
        printer.flush();
        return lines.stream().allMatch(CameraLine::inForce) ? 0 : 1;
    }

    private static void print(PrintWriter printer, CameraLine line) {
        printer.println("%-16s %-24s %-20s %s"
                .formatted(
                        line.id(),
                        line.name() == null ? "-" : line.name(),
                        line.host() == null ? "-" : line.host(),
                        line.standing()));
        line.problems().forEach(problem -> printer.println("    " + problem));
    }
}
