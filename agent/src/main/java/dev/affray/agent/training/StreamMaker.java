package dev.affray.agent.training;

import dev.affray.agent.gate.GreyPicture;
import dev.affray.agent.gate.MotionCells;
import dev.affray.agent.gate.MotionFlow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Puts clips between others, as streams. Holds native memory. For one thread. */
final class StreamMaker implements AutoCloseable {
    /** At least so much comes before the middle, in seconds: the score's window and the alert rule's are full by then. */
    static final double BEFORE = 4;

    /** At least so much comes after it, in seconds: nothing later counts. */
    static final double AFTER = 1;

    private final MotionFlow flow = new MotionFlow();

    /**
     * A clip with others around it, by lot; empty where there are no others.
     *
     * @param parts of which those that show no fight may stand before and after it
     * @param seed the same always gives the same stream
     */
    Optional<ClipStream> around(StreamPart middle, List<StreamPart> parts, long seed) {
        List<StreamPart> others = parts.stream()
                .filter(part -> !part.clip().fight() && !part.clip().equals(middle.clip()))
                .toList();
        if (others.isEmpty()) {
            return Optional.empty();
        }
        int[] order = Shuffle.some(others.size(), others.size(), new Random(seed));
        List<StreamPart> stream = new ArrayList<>();
        int drawn = 0;
        for (double before = 0; before < BEFORE; before += stream.getLast().seconds()) {
            stream.add(others.get(order[drawn++ % order.length]));
        }
        int place = stream.size();
        stream.add(middle);
        for (double after = 0; after < AFTER; after += stream.getLast().seconds()) {
            stream.add(others.get(order[drawn++ % order.length]));
        }
        return Optional.of(joined(stream, place));
    }

    private ClipStream joined(List<StreamPart> parts, int middle) {
        List<MotionCells> steps = new ArrayList<>();
        Set<Integer> seams = new HashSet<>();
        double start = 0;
        double end = 0;
        double now = 0;
        for (int i = 0; i < parts.size(); i++) {
            StreamPart part = parts.get(i);
            if (i > 0) {
                StreamPart before = parts.get(i - 1);
                double next = now + before.pace();
                seams.add(steps.size());
                steps.add(seam(before.last(), now, part.first(), next));
                now = next;
            }
            start = i == middle ? now : start;
            double from = now;
            double first = part.steps().getFirst().from();
            for (MotionCells step : part.steps()) {
                steps.add(new MotionCells(
                        step.rows(),
                        step.columns(),
                        from + (step.from() - first),
                        from + (step.seconds() - first),
                        step.values()));
            }
            now = steps.getLast().seconds();
            end = i == middle ? now : end;
        }
        return new ClipStream(parts.get(middle).clip(), steps, seams, start, end);
    }

    /** What seems to move from the last picture of a clip to the first of the next: it does not depend on what came before. */
    private MotionCells seam(GreyPicture last, double from, GreyPicture first, double seconds) {
        flow.restart();
        flow.add(last, from);
        return flow.add(first, seconds).orElseThrow();
    }

    @Override
    public void close() {
        flow.close();
    }
}
