package dev.affray.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.agent.desired.CommandDesk;
import dev.affray.agent.desired.CommandDesk.Waited;
import dev.affray.agent.desired.ThingShadows;
import dev.affray.command.Command;
import dev.affray.command.CommandAnswer;
import dev.affray.command.CommandAnswer.State;
import dev.affray.command.CommandKind;
import dev.affray.document.Json;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the commands have in common that ask a gateway for something, and wait for its answer. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
abstract class SendingCommand implements Callable<Integer> {
    private final CommandKind kind;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CAMERA", description = "its id")
    private String camera;

    @Mixin
    private CloudOptions cloud;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "who asks, for the audit (default: who is signed in here)")
    private @Nullable String by;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "for the gateway's answer; 0 for not at all (default: ${DEFAULT-VALUE})")
    private int seconds;

    SendingCommand(CommandKind kind) {
        this.kind = kind;
    }

    /** Adds what this kind of command needs. */
    void complete(ObjectNode command, Instant now) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        cloud.checkId(camera);
        Duration patience = cloud.patience(seconds);
        Command command = command();
        Told told = new Told(spec.commandLine());
        try (ThingShadows shadows = cloud.shadows()) {
            CommandDesk desk = new CommandDesk(shadows, _ -> told.aside("camera " + camera + ": accepted"));
            Waited waited = desk.send(command, patience);
            if (patience.isZero()) {
                told.line("camera " + camera + ": sent, id " + command.id());
                return 0;
            }
            return ended(told, shadows.thing(), waited);
        }
    }

    /** Judged as the gateway does it. */
    private Command command() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        ObjectNode document = Json.MAPPER
                .createObjectNode()
                .put("id", UUID.randomUUID().toString())
                .put("command", kind.toString())
                .put("camera", camera)
                .put("by", by == null ? System.getProperty("user.name") : by)
                .put("sentAt", now.toString());
        complete(document, now);
        return switch (Command.read(document)) {
            case Reading.Accepted<Command>(Command command) -> command;
            case Reading.Refused<Command>(List<Problem> problems) ->
                throw new ParameterException(
                        spec.commandLine(),
                        problems.stream()
                                .map(SendingCommand::text)
                                .collect(Collectors.joining(System.lineSeparator())));
        };
    }

    /** As options have it. */
    private static String text(Problem problem) {
        return problem.path().replace("$.clip.", "--").replace("$.", "--") + " " + problem.message();
    }

    private int ended(Told told, String thing, Waited waited) {
        String subject = "camera " + camera + ": ";
        return switch (waited) {
            case Waited.Over(CommandAnswer answer, double after) -> {
                String detail = answer.detail() == null ? "" : ", " + answer.detail();
                told.aside(subject
                        + answer.state().toString().toLowerCase(Locale.ROOT)
                        + String.format(Locale.ROOT, " after %.1f s", after)
                        + detail);
                if (answer.objectKey() != null) {
                    told.line(answer.objectKey());
                }
                yield answer.state() == State.DONE ? 0 : 1;
            }
            case Waited.UnderWay() -> {
                told.aside(subject + "accepted, but not done within " + seconds
                        + " s; it goes on, and its end will stand in the audit. Next time give it longer: --wait");
                yield CamerasCommand.SILENT;
            }
            case Waited.Silent() -> {
                told.aside(
                        subject + thing + " has not answered within " + seconds
                                + " s. It is offline, or too old to know commands. A command that is not heard within a minute is not done later.");
                yield CamerasCommand.SILENT;
            }
        };
    }
}
