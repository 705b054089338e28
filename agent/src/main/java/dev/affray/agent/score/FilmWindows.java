package dev.affray.agent.score;

import dev.affray.agent.capture.FilmPictures;
import dev.affray.agent.capture.FilmPictures.Film;
import dev.affray.agent.gate.GreyPicture;
import dev.affray.agent.gate.MotionWindow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The windows of a film as numbers, one for each picture that is looked at, as soon as there is enough before it.
 *
 * @param windows in the order of time
 * @param film what there is to know of it
 * @param cpu time of all processors that it took, decoding included
 */
public record FilmWindows(List<Window> windows, Film film, Duration cpu) {
    /**
     * The numbers of the time that ends with a picture.
     *
     * @param seconds when it ends, since the film began
     * @param full whether it has its whole length; without that only where the film had begun too shortly before
     * @param features see {@link dev.affray.agent.gate.FlowFeatures}; not to be written to
     */
    @SuppressWarnings("ArrayRecordComponent") // only read, and never compared
    public record Window(double seconds, boolean full, float[] features) {}

    public FilmWindows {
        windows = List.copyOf(windows);
    }

    /**
     * Plays a film.
     *
     * @param view what becomes of each picture before it is looked at
     * @param seen is shown each picture that is looked at, as it came
     * @throws IOException when the film cannot be played; the message names the file
     */
    public static FilmWindows of(Path file, UnaryOperator<GreyPicture> view, FilmPictures.Taker seen)
            throws IOException {
        List<Window> windows = new ArrayList<>();
        Duration before = cpuSoFar();
        try (MotionWindow motion = new MotionWindow()) {
            Film film = FilmPictures.play(file, (picture, at) -> {
                seen.accept(picture, at);
                motion.add(view.apply(picture), at);
                motion.features().ifPresent(f -> windows.add(new Window(at, motion.isFull(), f)));
            });
            return new FilmWindows(windows, film, cpuSoFar().minus(before));
        }
    }

    /** Those that count for the film as a whole: the full ones, or where it is too short for one, the longest. */
    public List<Window> counting() {
        List<Window> full = windows.stream().filter(Window::full).toList();
        return full.isEmpty() && !windows.isEmpty() ? List.of(windows.getLast()) : full;
    }

    private static Duration cpuSoFar() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
