package dev.affray.cloud.state;

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

/** Values that the tests of this module share. Times are seconds after an arbitrary start. */
final class Examples {
    static final CameraId DOOR = new CameraId("gateway-1", "front-door");
    static final Instant START = Instant.parse("2026-11-20T21:00:00Z");

    private Examples() {}

    static Instant at(double seconds) {
        return START.plusMillis(Math.round(seconds * 1000));
    }

    static FrameKey key(CameraId camera, double seconds, int sequence) {
        return new FrameKey(Line.LIVE, new Frame(camera, at(seconds), sequence, OptionalInt.of(80)));
    }

    static Detection detection(CameraId camera, double seconds, int sequence, double confidence) {
        return new Detection(key(camera, seconds, sequence), Line.LIVE, "fight", confidence, "test");
    }

    static Trigger trigger(double seconds) {
        return trigger(seconds, 80, Severity.NORMAL);
    }

    static Trigger trigger(double seconds, double confidence, Severity severity) {
        String key = key(DOOR, seconds, (int) (seconds * 10)).format();
        return new Trigger(at(seconds), severity, List.of(new BestFrame(key, confidence)));
    }

    static Head emptyHead() {
        return Head.empty(DOOR, IncidentKind.FIGHT, Line.LIVE);
    }
}
