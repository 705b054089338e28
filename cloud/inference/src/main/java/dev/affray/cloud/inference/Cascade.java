package dev.affray.cloud.inference;

import dev.affray.frame.FrameKey;

/**
 * Looks at the gateway's own score first, which costs nothing, and asks a dear detector only about frames whose score is high enough. The others are judged
 * by their score, and stored so. A frame without a score is asked about: nobody has looked at it yet. Thread-safe when the dear detector is.
 */
public final class Cascade implements Detector {
    /** The least score there is to ask from: from 0 on every frame would be asked about, which needs no cascade. */
    public static final int LEAST = 1;

    /** The highest score there is. */
    public static final int MOST = 100;

    private final int from;
    private final Detector dear;
    private final Detector edgeScore = new EdgeScoreDetector();

    /**
     * @param from the edge score from which the dear detector is asked, {@value #LEAST} to {@value #MOST}
     * @param dear the detector to ask
     * @throws IllegalArgumentException when {@code from} is out of bounds
     */
    public Cascade(int from, Detector dear) {
        if (from < LEAST || from > MOST) {
            throw new IllegalArgumentException(
                    "the edge score to ask from is " + from + ", not " + LEAST + " to " + MOST);
        }
        this.from = from;
        this.dear = dear;
    }

    @Override
    public String name() {
        return dear.name() + " from edge score " + from;
    }

    @Override
    public Opinion judge(String bucket, FrameKey key) {
        boolean worthAsking = key.frame().edgeScore().orElse(MOST) >= from;
        return (worthAsking ? dear : edgeScore).judge(bucket, key);
    }
}
