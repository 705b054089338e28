package dev.affray.agent.training;

import dev.affray.agent.gate.FlowFeatures;
import dev.affray.agent.score.FilmWindows;
import dev.affray.agent.score.FilmWindows.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Computes the numbers of clips, and keeps them in a folder: a clip that did not change since is not played again. For one thread.
 */
final class Extraction {
    private static final int PROGRESS_EVERY = 10;

    private final Path folder;
    private final Consumer<String> progress;

    /** A clip as it was kept: what fits no more is computed anew. */
    private record Kept(List<Window> counting, double seconds, double cpuSeconds) {}

    /** @param progress is told now and then how it goes, in one line for people */
    Extraction(Path folder, Consumer<String> progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * The numbers of all clips. One of which nothing can be said is left out, with a line that says why.
     *
     * @throws IOException when a clip cannot be played, or the folder cannot be written to
     */
    List<ClipWindows> of(List<LabelledClip> clips) throws IOException {
        List<ClipWindows> all = new ArrayList<>();
        for (int i = 0; i < clips.size(); i++) {
            LabelledClip clip = clips.get(i);
            Kept plain = kept(clip, View.PLAIN);
            List<Window> others = new ArrayList<>();
            for (View view : View.values()) {
                others.addAll(view == View.PLAIN ? List.of() : kept(clip, view).counting());
            }
            if (plain.counting().isEmpty()) {
                progress.accept(clip.name() + " is left out: too short or too few pictures a second for a score");
            } else {
                all.add(new ClipWindows(clip, plain.counting(), others, plain.seconds(), plain.cpuSeconds()));
            }
            if ((i + 1) % PROGRESS_EVERY == 0 || i + 1 == clips.size()) {
                progress.accept((i + 1) + " of " + clips.size() + " clips");
            }
        }
        return all;
    }

    private Kept kept(LabelledClip clip, View view) throws IOException {
        Path file =
                folder.resolve(view.name().toLowerCase(java.util.Locale.ROOT)).resolve(clip.name() + ".csv");
        String stamp = "%s,%d,%d"
                .formatted(
                        FlowFeatures.SET,
                        Files.size(clip.file()),
                        Files.getLastModifiedTime(clip.file()).toMillis());
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        if (lines.size() >= 2 && lines.getFirst().equals(stamp)) {
            return read(lines);
        }
        FilmWindows film = FilmWindows.of(clip.file(), view::of, (_, _) -> {});
        Kept kept = new Kept(
                film.film().tooSlow() ? List.of() : film.counting(),
                film.film().seconds(),
                film.cpu().toNanos() / 1e9);
        write(file, stamp, kept);
        return kept;
    }

    private static void write(Path file, String stamp, Kept kept) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        StringBuilder text = new StringBuilder(stamp).append('\n');
        text.append(kept.seconds()).append(',').append(kept.cpuSeconds()).append('\n');
        for (Window window : kept.counting()) {
            text.append(window.seconds()).append(',').append(window.full());
            for (float value : window.features()) {
                text.append(',').append(value);
            }
            text.append('\n');
        }
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        Files.writeString(unfinished, text);
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Kept read(List<String> lines) {
        String[] film = lines.get(1).split(",", -1);
        List<Window> windows = new ArrayList<>();
        for (String line : lines.subList(2, lines.size())) {
            String[] parts = line.split(",", -1);
            float[] features = new float[parts.length - 2];
            for (int i = 0; i < features.length; i++) {
                features[i] = Float.parseFloat(parts[i + 2]);
            }
            windows.add(new Window(Double.parseDouble(parts[0]), Boolean.parseBoolean(parts[1]), features));
        }
        return new Kept(windows, Double.parseDouble(film[0]), Double.parseDouble(film[1]));
    }
}
