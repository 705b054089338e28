package dev.affray.cloud.fleet;

import dev.affray.cloud.state.CameraRecord;
import dev.affray.cloud.state.GatewayRecord;
import dev.affray.cloud.state.Standing;
import dev.affray.health.CameraHealth;
import dev.affray.health.CameraState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether gateways and cameras are there. It only judges: the same records at the same time give the same finding, whoever asks and how often. All times
 * are by the cloud's clock.
 *
 * @param from since when messages are taken: what was missed before does not count as silence
 */
record Sight(Patience patience, Instant from) {
    private static final int LONGEST_DETAIL = 200;

    /** Listed, and no file that was played to its end. */
    static boolean isAwaited(CameraRecord camera) {
        CameraHealth health = camera.health();
        return camera.listed() && (health == null || health.state() != CameraState.ENDED);
    }

    /** @param cameras all that hang on it */
    Finding gateway(GatewayRecord gateway, List<CameraRecord> cameras, Instant now) {
        long awaited = cameras.stream().filter(Sight::isAwaited).count();
        if (awaited == 0) {
            return new Finding.Right(now);
        }
        String cannotBeSeen = awaited == 1 ? "its camera cannot be seen" : "its " + awaited + " cameras cannot be seen";
        Optional<Instant> down = gateway.downSince();
        if (down.isPresent()) {
            String how = gateway.last() ? "it was stopped in an orderly way" : "its connection was lost";
            return wrong(latest(down.get(), from), patience.gateway(), now, how + "; " + cannotBeSeen);
        }
        if (gateway.heardAt() == null) {
            return new Finding.Unsure();
        }
        Instant sign = latest(gateway.heardAt(), from);
        if (gateway.online() && gateway.presenceAt() != null) {
            sign = latest(sign, gateway.presenceAt());
        }
        Duration most = GatewayRecord.SILENT_AFTER.plus(patience.gateway());
        return isHeard(gateway, now)
                ? right(beginning(gateway), now)
                : wrong(sign, most, now, "it does not report any more; " + cannotBeSeen);
    }

    /** Of a camera on a gateway that is not there nothing can be said. */
    Finding camera(CameraRecord camera, GatewayRecord gateway, Instant now) {
        if (!isAwaited(camera)) {
            return new Finding.Right(now);
        }
        CameraHealth health = camera.health();
        Standing standing = camera.standing();
        if (health == null || standing == null || !isHeard(gateway, now)) {
            return new Finding.Unsure();
        }
        return standing.well()
                ? right(standing.since(), now)
                : wrong(latest(standing.since(), from), patience.camera(), now, detail(health));
    }

    /** Whether it is there and reports. */
    static boolean isHeard(GatewayRecord gateway, Instant now) {
        return gateway.downSince().isEmpty()
                && gateway.heardAt() != null
                && Duration.between(gateway.heardAt(), now).compareTo(GatewayRecord.SILENT_AFTER) <= 0;
    }

    /** Since when a gateway that is heard is there: its reports, and its presence, which may have come and gone between two of them. */
    private static Instant beginning(GatewayRecord gateway) {
        Instant reports = gateway.heardSince() == null ? Instant.MIN : gateway.heardSince();
        return gateway.presenceAt() == null ? reports : latest(reports, gateway.presenceAt());
    }

    private static Finding wrong(Instant since, Duration patience, Instant now, String detail) {
        return now.isBefore(since.plus(patience)) ? new Finding.Unsure() : new Finding.Wrong(since, detail);
    }

    private Finding right(Instant since, Instant now) {
        return now.isBefore(since.plus(patience.settled())) ? new Finding.Unsure() : new Finding.Right(since);
    }

    private static String detail(CameraHealth health) {
        String state = switch (health.state()) {
            case STALLED -> "connected, but no picture comes";
            case RECONNECTING -> "not connected";
            case MISCONFIGURED -> "cannot run as it is configured";
            case STREAMING, DISARMED, ENDED -> "well";
        };
        String why = health.detail() == null
                ? ""
                : ": " + health.detail().replaceAll("\\p{Cntrl}+", " ").strip();
        String text = state + why;
        return text.length() <= LONGEST_DETAIL ? text : text.substring(0, LONGEST_DETAIL) + "...";
    }

    private static Instant latest(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
