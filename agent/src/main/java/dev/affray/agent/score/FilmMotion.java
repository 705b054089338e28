package dev.affray.agent.score;

import dev.affray.agent.capture.FilmPart;
import dev.affray.agent.capture.FilmPictures;
import dev.affray.agent.capture.FilmPictures.Film;
import dev.affray.agent.gate.GreyPicture;
import dev.affray.agent.gate.MotionCells;
import dev.affray.agent.gate.MotionFlow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What moves in a film.
 *
 * @param film what there is to know of it
 * @param cpu time of all processors that it took, decoding included
 */
public record FilmMotion(Film film, Duration cpu) {
    /**
     * Plays a film.
     *
     * @param part what is looked at
     * @param view what becomes of each picture before that
     * @param seen is shown each picture that is looked at, as it came
     * @param steps is given what moved from each picture to the next
     * @throws IOException when the film cannot be played; the message names the file
     */
    public static FilmMotion play(
            Path file,
            FilmPart part,
            UnaryOperator<GreyPicture> view,
            FilmPictures.Taker seen,
            Consumer<MotionCells> steps)
            throws IOException {
        Duration before = cpuSoFar();
        try (MotionFlow flow = new MotionFlow()) {
            Film film = FilmPictures.play(file, part, (picture, at) -> {
                seen.accept(picture, at);
                flow.add(view.apply(picture), at).ifPresent(steps);
            });
            return new FilmMotion(film, cpuSoFar().minus(before));
        }
    }

    private static Duration cpuSoFar() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
