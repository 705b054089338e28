package dev.affray.cloud.alerting;

import dev.affray.camera.AlertRule;
import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.Trigger;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import dev.affray.incident.BestFrame;
import dev.affray.incident.IncidentKind;
import dev.affray.incident.Severity;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/** Heads for tests. */
public final class Heads {
    public static final Instant START = Instant.parse("2026-11-20T21:00:00Z");

    private Heads() {}

    /** A camera's head after one live trigger. */
    public static Head opened(CameraId camera, Instant now) {
        return grown(Head.empty(camera, IncidentKind.FIGHT, Line.LIVE), 0, now);
    }

    /** The head after one more live trigger. */
    public static Head grown(Head head, int second, Instant now) {
        Frame frame = new Frame(head.camera(), START.plusSeconds(second), second, OptionalInt.of(80));
        String key = new FrameKey(Line.LIVE, frame).format();
        Trigger trigger = new Trigger(frame.capturedAt(), Severity.NORMAL, List.of(new BestFrame(key, 80)));
        return head.with(List.of(trigger), AlertRule.DEFAULT.closeAfter(), now);
    }

    /** The id of its first incident. */
    public static String incident(Head head) {
        return head.incidents().getFirst().id();
    }
}
