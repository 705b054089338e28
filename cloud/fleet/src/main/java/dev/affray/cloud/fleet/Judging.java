package dev.affray.cloud.fleet;

import dev.affray.camera.ArmingSchedule;
import dev.affray.cloud.state.CameraRecord;
import dev.affray.cloud.state.DetectionStore;
import dev.affray.cloud.state.GatewayRecord;
import dev.affray.cloud.state.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the frames that a gateway's cameras sent are judged. A camera tells when it took and sent frames for three minutes, was armed all the while, and its
 * newest judged frame is of before: then one read of the detections, else none. The newest frames are sent first, so old ones that come late prove nothing.
 *
 * @param patience for the frames just sent
 */
record Judging(DetectionStore detections, Patience patience) {
    /** Fewer may be a camera that sees nothing, and a frame or two that could not be judged. */
    static final long FRAMES = 10;

    private static final int NAMED = 3;
    private static final Duration AHEAD = Duration.ofHours(1);

    /** @param cameras all that hang on the gateway */
    Finding of(GatewayRecord gateway, List<CameraRecord> cameras, Instant now) {
        if (cameras.stream().noneMatch(CameraRecord::listed)) {
            return new Finding.Right(now);
        }
        if (!Sight.isHeard(gateway, now)) {
            return new Finding.Unsure();
        }
        List<String> blind = new ArrayList<>();
        Instant since = now;
        int telling = 0;
        for (CameraRecord camera : cameras) {
            Optional<Sent> sent = sent(camera, now);
            if (sent.isPresent()) {
                telling++;
                if (!isJudged(
                        camera, sent.get().before().sentAt(), sent.get().mark().sentAt())) {
                    blind.add(camera.id().camera());
                    Instant began = sent.get().before().heardAt();
                    since = began.isBefore(since) ? began : since;
                }
            }
        }
        if (blind.isEmpty()) {
            return telling == 0 ? new Finding.Unsure() : new Finding.Right(now);
        }
        String more = blind.size() > NAMED ? " and " + (blind.size() - NAMED) + " more" : "";
        String named = String.join(", ", blind.subList(0, Math.min(NAMED, blind.size())));
        return new Finding.Wrong(since, "frames of " + named + more + " arrive, and none is judged");
    }

    /** Two marks between which a camera took and sent frames that should be judged by now. */
    private record Sent(Standing.Mark before, Standing.Mark mark) {}

    private Optional<Sent> sent(CameraRecord camera, Instant now) {
        Standing standing = camera.standing();
        if (standing == null || standing.before() == null || !camera.listed()) {
            return Optional.empty();
        }
        Standing.Mark before = standing.before();
        Standing.Mark mark = standing.mark();
        boolean enough = mark.spooled() - before.spooled() >= FRAMES && mark.uploaded() - before.uploaded() >= FRAMES;
        boolean due = !now.isBefore(mark.heardAt().plus(patience.judging()));
        return enough && due && isArmed(camera, before.heardAt(), now)
                ? Optional.of(new Sent(before, mark))
                : Optional.empty();
    }

    /** Whether a camera is armed all the time between the two. */
    static boolean isArmed(CameraRecord camera, Instant from, Instant now) {
        // Inference takes a camera without a document for armed, too.
        if (camera.config() == null) {
            return true;
        }
        ArmingSchedule arming = camera.config().arming();
        return arming.armedAt(from)
                && arming.nextChange(from)
                        .filter(change -> !change.isAfter(now))
                        .isEmpty();
    }

    private boolean isJudged(CameraRecord camera, Instant from, Instant to) {
        Instant newest = detections
                .newest(camera.id())
                .map(detection -> detection.frame().capturedAt())
                .orElse(Instant.MIN);
        // A clock that was ahead once has left frames that stay the newest.
        return newest.isAfter(to.plus(AHEAD))
                ? !detections.between(camera.id(), from, to).isEmpty()
                : newest.isAfter(from);
    }
}
