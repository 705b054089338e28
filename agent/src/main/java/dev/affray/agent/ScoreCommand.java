package dev.affray.agent;

import dev.affray.agent.gate.ScoreModel;
import dev.affray.agent.score.FilmScore;
import dev.affray.agent.score.ScoreStrip;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Scores video files. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Says how much the motion in video files is like that of a fight, from 0 to 100; 50 are even odds on the clips that the model was trained on.",
            "Prints file,score,seconds,cpuSeconds as CSV. A file's score is the highest over its windows of two seconds, or that of all of it where it is shorter."
        },
        footer = {
            "",
            "Exit codes: 0 every file has a score, 1 one has none (na, or no line where it cannot be played; standard error says why), 2 wrong usage."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ScoreCommand implements Callable<Integer> {
    private static final int STRIP_FRAMES = 8;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "a video file")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--detail",
            description =
                    "print file,second,score instead: the score over time, each of the two seconds that end there")
    private boolean detail;

    @Option(
            names = "--strip",
            paramLabel = "FILE.png",
            description = "draw the score over some frames into this PNG file; of one video only")
    private @Nullable Path strip;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "score by this model, as train writes it, instead of the one that comes with the agent")
    private @Nullable Path model;

    @Override
    public Integer call() throws IOException {
        if (strip != null && files.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(), "--strip is about one video, and there are " + files.size());
        }
        ScoreModel scoring = model == null ? ScoreModel.shipped() : model(model);
        PrintWriter out = spec.commandLine().getOut();
        out.println(detail ? "file,second,score" : "file,score,seconds,cpuSeconds");
        boolean all = true;
        for (Path file : files) {
            all &= score(file, scoring, out);
            out.flush();
        }
        return all ? 0 : 1;
    }

    private ScoreModel model(Path file) {
        try {
            return ScoreModel.load(file);
        } catch (NoSuchFileException e) {
            throw new ParameterException(spec.commandLine(), "--model " + file + ": there is no such file", e);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--model: " + e.getMessage(), e);
        }
    }

    /** Whether it has a score. */
    private boolean score(Path file, ScoreModel scoring, PrintWriter out) throws IOException {
        ScoreStrip frames = new ScoreStrip(STRIP_FRAMES);
        FilmScore film;
        try {
            if (!Files.isRegularFile(file)) {
                throw new IOException(file + ": there is no such file");
            }
            film = FilmScore.of(file, scoring, strip == null ? (_, _) -> {} : frames);
        } catch (IOException e) {
            complain(String.valueOf(e.getMessage()));
            return false;
        }
        if (film.score().isEmpty()) {
            complain(file + ": no score: " + film.why());
        }
        String name = quoted(file.toString());
        if (detail) {
            film.moments().forEach(m -> out.println(name + "," + number(m.seconds()) + "," + number(m.score())));
        } else {
            String score = film.score().map(ScoreCommand::number).orElse("na");
            double cpu = film.cpu().toNanos() / 1e9;
            out.println(name + "," + score + "," + number(film.seconds()) + "," + number(cpu));
        }
        if (strip != null && !ImageIO.write(frames.draw(film.moments(), film.seconds()), "png", strip.toFile())) {
            throw new IOException(strip + ": this Java cannot write PNG");
        }
        return film.score().isPresent();
    }

    private void complain(String why) {
        spec.commandLine().getErr().println(why);
        spec.commandLine().getErr().flush();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** As RFC 4180 wants it. */
    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
