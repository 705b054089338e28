package dev.affray.cloud.alerting.promises;

import dev.affray.camera.AlertRule;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What one camera saw, and the rule for it. Who judges a frame goes by its sequence.
 *
 */
record Film(CameraId camera, AlertRule rule, List<Shot> shots) {
    static final Instant START = Instant.parse("2026-11-20T21:00:00Z");
    static final List<String> DETECTORS = List.of(AlertRule.EDGE_SCORE, "rekognition-moderation", "endpoint");

    /** How a frame comes. */
    enum Way {
        /** Under live/, and seen as late as is still in time. */
        LIVE,
        /** Under live/, and seen a millisecond too late. */
        LATE,
        /** Under backlog/. */
        BACKLOG
    }

    /** How long after the frame before it a frame is taken: the lengths at which the rule or an incident just holds, and their neighbours. */
    enum Step {
        SAME_TIME,
        MILLISECOND,
        BEFORE_SLOT,
        SLOT,
        BEFORE_WITHIN,
        WITHIN,
        BEFORE_TWICE_WITHIN,
        TWICE_WITHIN,
        CLOSE_AFTER_LESS_LAG,
        BEFORE_CLOSE_AFTER,
        CLOSE_AFTER,
        PAST_CLOSE_AFTER,
        DAY;

        long millis(AlertRule rule) {
            long within = rule.within().toMillis();
            long closeAfter = rule.closeAfter().toMillis();
            return switch (this) {
                case SAME_TIME -> 0;
                case MILLISECOND -> 1;
                case BEFORE_SLOT -> rule.slot().toMillis() - 1;
                case SLOT -> rule.slot().toMillis();
                case BEFORE_WITHIN -> within - 1;
                case WITHIN -> within;
                case BEFORE_TWICE_WITHIN -> 2 * within - 1;
                case TWICE_WITHIN -> 2 * within;
                case CLOSE_AFTER_LESS_LAG -> closeAfter - rule.maxLag().toMillis();
                case BEFORE_CLOSE_AFTER -> closeAfter - 1;
                case CLOSE_AFTER -> closeAfter;
                case PAST_CLOSE_AFTER -> closeAfter + 1;
                case DAY -> Duration.ofHours(25).toMillis();
            };
        }
    }

    /** One frame. */
    record Shot(Step after, int score, int detector, Way way) {}

    /** The frames, in order. */
    List<FrameKey> keys() {
        List<FrameKey> keys = new ArrayList<>();
        Instant at = START;
        for (Shot shot : shots) {
            at = at.plusMillis(shot.after.millis(rule));
            long sequence = (long) keys.size() * DETECTORS.size() + shot.detector;
            Line line = shot.way == Way.BACKLOG ? Line.BACKLOG : Line.LIVE;
            keys.add(new FrameKey(line, new Frame(camera, at, sequence, OptionalInt.of(shot.score))));
        }
        return keys;
    }

    /** Who judges a frame. */
    static String detector(FrameKey key) {
        return DETECTORS.get((int) (key.frame().sequence() % DETECTORS.size()));
    }

    /** When S3 says that a frame came, if it is seen now. */
    Instant eventTime(Shot shot, Instant now) {
        return now.minus(rule.maxLag()).minusMillis(shot.way == Way.LATE ? 1 : 0);
    }

    @Override
    public String toString() {
        return camera.camera() + " " + rule + shots;
    }
}
