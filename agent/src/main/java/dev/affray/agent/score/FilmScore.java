package dev.affray.agent.score;

import dev.affray.agent.capture.FilmPart;
import dev.affray.agent.capture.FilmPictures;
import dev.affray.agent.gate.MotionWindow;
import dev.affray.agent.gate.PicturePace;
import dev.affray.agent.gate.ScoreModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a film scores.
 *
 * @param score the highest over its windows, from 0 to 100; empty where there is none, and {@code why}
 * @param why there is no score, in words; empty where there is one
 * @param moments the score over time
 * @param seconds how long the film is
 * @param cpu time of all processors that it took, decoding included
 */
public record FilmScore(Optional<Double> score, String why, List<Moment> moments, double seconds, Duration cpu) {
    /**
     * A score and when it was so.
     *
     * @param seconds since the film began: the end of the window that it is of
     * @param score from 0 to 100
     */
    public record Moment(double seconds, double score) {}

    public FilmScore {
        moments = List.copyOf(moments);
    }

    /**
     * Plays and scores a film.
     *
     * @param seen is shown each picture that is looked at
     * @throws IOException when it cannot be played; the message names the file
     */
    public static FilmScore of(Path file, ScoreModel model, FilmPictures.Taker seen) throws IOException {
        WindowScores windows = new WindowScores(model);
        FilmMotion motion = FilmMotion.play(file, FilmPart.ALL, picture -> picture, seen, windows::add);
        FilmPictures.Film film = motion.film();
        List<Moment> moments = windows.margins().stream()
                .map(m -> new Moment(m.seconds(), score(m.value(), model)))
                .toList();
        OptionalDouble highest = film.tooSlow() ? OptionalDouble.empty() : windows.highest();
        return new FilmScore(
                highest.stream().mapToObj(margin -> score(margin, model)).findAny(),
                highest.isPresent() ? "" : why(film),
                moments,
                film.seconds(),
                motion.cpu());
    }

    private static double score(double margin, ScoreModel model) {
        return 100 * model.calibration().probability(margin);
    }

    private static String why(FilmPictures.Film film) {
        return film.tooSlow()
                ? "%.1f pictures a second, and a score needs %d".formatted(film.rate(), PicturePace.LEAST_RATE)
                : "%.1f s, and a score needs %d pictures and %.1f s"
                        .formatted(film.seconds(), MotionWindow.LEAST_PICTURES, MotionWindow.LEAST_SECONDS);
    }
}
