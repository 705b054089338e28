package dev.affray.agent.training;

import dev.affray.agent.gate.FisherVector;
import dev.affray.agent.gate.MotionCells;
import dev.affray.agent.gate.MotionWindow;
import dev.affray.agent.score.FilmMotion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Computes what moves in clips, and keeps it in a folder: a clip that did not change since is not played again. For one thread. */
final class Extraction {
    /** Other views of each clip. */
    static final int OTHERS = 4;

    private static final int PROGRESS_EVERY = 10;

    private final Path folder;
    private final long seed;
    private final Consumer<String> progress;

    /**
     * @param seed by which other views are drawn
     * @param progress is told now and then how it goes, in one line for people
     */
    Extraction(Path folder, long seed, Consumer<String> progress) {
        this.folder = folder;
        this.seed = seed;
        this.progress = progress;
    }

    /**
     * What moves in all clips. One of which nothing can be said is left out, with a line that says why.
     *
     * @throws IOException when a clip cannot be played, or the folder cannot be written to
     */
    List<ClipMotion> of(List<LabelledClip> clips) throws IOException {
        List<ClipMotion> all = new ArrayList<>();
        for (int i = 0; i < clips.size(); i++) {
            LabelledClip clip = clips.get(i);
            KeptMotion plain = kept(clip, View.PLAIN, 0);
            // By the clip's name, so that one more clip leaves the views of the others as they are.
            long drawn = 31 * seed + clip.name().hashCode();
            List<List<MotionCells>> others = kept(clip, View.others(OTHERS, drawn), 1);
            List<List<MotionCells>> stills = kept(clip, View.stills(drawn), 1 + OTHERS);
            if (isEnough(plain.steps())) {
                all.add(new ClipMotion(clip, plain.steps(), others, stills, plain.seconds(), plain.cpuSeconds()));
            } else {
                progress.accept(clip.name() + " is left out: too short or too few pictures a second for a score");
            }
            if ((i + 1) % PROGRESS_EVERY == 0 || i + 1 == clips.size()) {
                progress.accept((i + 1) + " of " + clips.size() + " clips");
            }
        }
        return all;
    }

    private static boolean isEnough(List<MotionCells> steps) {
        return steps.size() + 1 >= MotionWindow.LEAST_PICTURES
                && !FisherVector.counting(steps).isEmpty();
    }

    /** Those in which there is enough. */
    private List<List<MotionCells>> kept(LabelledClip clip, List<View> views, int number) throws IOException {
        List<List<MotionCells>> all = new ArrayList<>();
        for (int i = 0; i < views.size(); i++) {
            List<MotionCells> steps = kept(clip, views.get(i), number + i).steps();
            if (isEnough(steps)) {
                all.add(steps);
            }
        }
        return all;
    }

    private KeptMotion kept(LabelledClip clip, View view, int number) throws IOException {
        Path file = folder.resolve(clip.name() + "." + number);
        String stamp = "%s,%d,%d,%s"
                .formatted(
                        MotionCells.FEATURES,
                        Files.size(clip.file()),
                        Files.getLastModifiedTime(clip.file()).toMillis(),
                        view);
        Optional<KeptMotion> known = KeptMotion.read(file, stamp);
        if (known.isPresent()) {
            return known.get();
        }
        List<MotionCells> steps = new ArrayList<>();
        FilmMotion film = FilmMotion.play(clip.file(), view.part(), view.eye(), (_, _) -> {}, steps::add);
        KeptMotion kept = new KeptMotion(
                film.film().tooSlow() ? List.of() : steps,
                film.film().seconds(),
                film.cpu().toNanos() / 1e9);
        kept.write(file, stamp);
        return kept;
    }
}
