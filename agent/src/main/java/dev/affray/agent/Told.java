package dev.affray.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.agent.desired.CameraDesk.Edited;
import dev.affray.agent.desired.CameraDesk.Wait;
import dev.affray.agent.desired.DesiredException;
import dev.affray.agent.desired.Standing;
import dev.affray.document.Problem;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What became of an edit, in lines for people: what changed on standard output, what else there is to say on standard error. */
final class Told {
    private final CommandLine line;
    private final PrintWriter out;
    private final PrintWriter err;

    Told(CommandLine line) {
        this.line = line;
        this.out = line.getOut();
        this.err = line.getErr();
    }

    /** Says something beside. */
    void aside(String text) {
        err.println(text);
        err.flush();
    }

    /** Says a result. */
    void line(String text) {
        out.println(text);
        out.flush();
    }

    /** What the gateway makes of a document. */
    void standing(String subject, Standing standing) {
        aside(subject + ": " + standing.text());
        if (standing instanceof Standing.Refused(long _, List<Problem> problems, int count)) {
            problems.forEach(problem -> aside("  " + problem));
            if (count > problems.size()) {
                aside("  and " + (count - problems.size()) + " more");
            }
        }
    }

    /** Waits for what the gateway says. */
    interface Waiting {
        Wait of(ObjectNode desired, Duration patience) throws DesiredException, InterruptedException;
    }

    /**
     * Says what changed, then waits for the gateway and says what it makes of it.
     *
     * @param patience zero for not at all
     * @return the exit code
     */
    int edited(String subject, Edited edited, Duration patience, Waiting waiting)
            throws DesiredException, InterruptedException {
        return switch (edited) {
            case Edited.Wrong(List<Problem> problems) -> throw wrong(subject, problems);
            case Edited.Nothing() -> {
                out.println(subject + ": nothing to change");
                out.flush();
                yield 0;
            }
            case Edited.Sent(var changes, long version, ObjectNode desired) -> {
                changes.forEach(change -> out.println("  " + change.line()));
                out.println(subject + ": sent, version " + version);
                out.flush();
                yield patience.isZero() ? 0 : waited(subject, waiting.of(desired, patience), patience);
            }
        };
    }

    private ParameterException wrong(String subject, List<Problem> problems) {
        StringBuilder text = new StringBuilder(subject + ": nothing was sent, the document would be wrong:");
        problems.forEach(
                problem -> text.append(System.lineSeparator()).append("  ").append(problem));
        return new ParameterException(line, text.toString());
    }

    private int waited(String subject, Wait wait, Duration patience) {
        return switch (wait) {
            case Wait.Over(Standing.InForce standing, double seconds) -> {
                out.println(
                        String.format(Locale.ROOT, "%s: %s, reported after %.1f s", subject, standing.text(), seconds));
                out.flush();
                yield 0;
            }
            case Wait.Over(Standing standing, double _) -> {
                standing(subject, standing);
                yield 1;
            }
            case Wait.Overtaken() -> {
                aside(subject + ": somebody else changed it meanwhile; see: affray-agent cameras list");
                yield 1;
            }
            case Wait.Silent() -> {
                aside(subject + ": the gateway has not said anything within " + patience.toSeconds()
                        + " s; it will take the change when it is back. See: affray-agent cameras list");
                yield CamerasCommand.SILENT;
            }
        };
    }
}
