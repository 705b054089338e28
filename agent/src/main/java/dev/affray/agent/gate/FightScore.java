package dev.affray.agent.gate;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How much the motion in a stream is like that of a fight, from 0 to 100; 50 are even odds on the clips that the model was trained on. A score is that of the
 * two seconds or so that end with the last picture; after a beginning or a gap of what there is, from {@value MotionWindow#LEAST_SECONDS} s on.
 *
 * <p>Holds native memory. For one thread.
 */
public final class FightScore implements AutoCloseable {
    private final ScoreModel model;
    private final MotionFlow flow = new MotionFlow();
    private final MotionWindow window;
    private PicturePace pace = new PicturePace(1.0 / PicturePace.LEAST_RATE);

    /**
     * Loads what is native, which takes a second or some the first time; else the second picture of the first stream has to wait for it.
     *
     * @throws LinkageError when that does not work on this machine; every picture then fails likewise
     */
    public static void prepare() {
        OpenCv.load();
    }

    public FightScore(ScoreModel model) {
        this.model = model;
        window = new MotionWindow(model.codebook());
    }

    /**
     * A stream begins, perhaps again.
     *
     * @param usual seconds between two pictures, as far as it says
     */
    public void begin(double usual) {
        flow.restart();
        window.restart();
        pace = new PicturePace(usual);
    }

    /**
     * Whether it wants the next picture of the stream. To be asked for each.
     *
     * @param seconds its time stamp
     */
    public boolean wants(double seconds) {
        return pace.picks(seconds);
    }

    /** Takes a picture that it wants. */
    public void add(GreyPicture picture, double seconds) {
        Optional<MotionCells> step = flow.add(picture, seconds);
        if (step.isPresent()) {
            window.add(step.get());
        } else {
            window.restart();
        }
    }

    /** Whether the stream has too few pictures a second for a score, see {@link PicturePace#LEAST_RATE}. */
    public boolean isTooSlow() {
        return pace.isTooSlow();
    }

    /** Pictures a second of the stream. */
    public double rate() {
        return pace.rate();
    }

    /** The score, rounded; empty while there is none. */
    public OptionalInt score() {
        OptionalDouble exact = exact();
        return exact.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) Math.round(exact.getAsDouble()));
    }

    /** The score; empty while there is none. */
    OptionalDouble exact() {
        return isTooSlow()
                ? OptionalDouble.empty()
                : window.features().stream()
                        .mapToDouble(f -> 100 * model.probability(f))
                        .findAny();
    }

    @Override
    public void close() {
        flow.close();
    }
}
