package dev.affray.cloud.inference;

import dev.affray.camera.AlertRule;
import dev.affray.frame.FrameKey;

/** Takes the gateway's own score, which travels in the key. It fetches nothing and costs nothing. */
public final class EdgeScoreDetector implements Detector {
    /** The name of this kind in configuration, and of what it sees. */
    public static final String KIND = AlertRule.EDGE_SCORE;

    @Override
    public String name() {
        return KIND;
    }

    /** A frame without a score (too early in its stream to have one) counts as nothing seen. */
    @Override
    public Opinion judge(String bucket, FrameKey key) {
        return new Opinion.Judged(KIND, KIND, key.frame().edgeScore().orElse(0));
    }
}
