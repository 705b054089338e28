package dev.affray.agent.training;

import dev.affray.agent.capture.FilmPictures;
import dev.affray.agent.gate.GreyPicture;
import dev.affray.agent.gate.MotionCells;
import dev.affray.agent.gate.MotionFlow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A clip that can be a part of a stream: its pictures have the shape of {@link WidePicture}.
 *
 * @param steps what moves in it; at least one
 * @param first its first picture
 * @param last its last
 */
record StreamPart(LabelledClip clip, List<MotionCells> steps, GreyPicture first, GreyPicture last) {
    StreamPart {
        steps = List.copyOf(steps);
    }

    /**
     * Plays a clip once more for its pictures. What moves is computed again only where they are of another shape.
     *
     * @throws IOException when it cannot be played; the message names the file
     */
    static StreamPart of(ClipMotion motion) throws IOException {
        List<GreyPicture> pictures = new ArrayList<>();
        List<MotionCells> steps = new ArrayList<>();
        try (MotionFlow flow = new MotionFlow()) {
            FilmPictures.play(motion.clip().file(), (picture, at) -> {
                GreyPicture wide = WidePicture.of(picture);
                pictures.add(wide);
                if (!picture.size().equals(WidePicture.SIZE)) {
                    flow.add(wide, at).ifPresent(steps::add);
                }
            });
        }
        return new StreamPart(
                motion.clip(), steps.isEmpty() ? motion.plain() : steps, pictures.getFirst(), pictures.getLast());
    }

    /** How long it is, from its first picture to its last. */
    double seconds() {
        return steps.getLast().seconds() - steps.getFirst().from();
    }

    /** Seconds from a picture to the next, as usual. */
    double pace() {
        double[] paces = steps.stream()
                .mapToDouble(step -> step.seconds() - step.from())
                .sorted()
                .toArray();
        return paces[paces.length / 2];
    }
}
