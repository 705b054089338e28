package dev.affray.agent.status;

import dev.affray.agent.status.GatewayStatus.KnownCamera;
import dev.affray.health.CameraHealth;
import dev.affray.health.CameraState;
import dev.affray.health.CertificateHealth;
import dev.affray.health.FrameCounts;
import dev.affray.health.GateCounts;
import dev.affray.health.GatewayHealth;
import dev.affray.health.HealthReport;
import dev.affray.health.ImageCondition;
import dev.affray.health.SpoolHealth;
import dev.affray.health.SpoolState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A gateway on a bad day. */
final class Statuses {
    static final Instant NOW = Instant.parse("2026-11-20T10:10:05.120Z");
    static final String NASTY = "Door \"<script>alert(1)</script>\" \\ & \u202egnihton";

    private Statuses() {}

    static GatewayStatus trouble() {
        GatewayHealth gateway = new GatewayHealth(
                "0.1.0",
                Instant.parse("2026-11-20T06:58:03.412Z"),
                1_843_200,
                2_147_483_648L,
                48_318_382_080L,
                188_743_680L,
                31.5,
                -42L,
                new SpoolHealth(SpoolState.FULL, "less than 512 MB of the disk are free", 4096, 1),
                31_457_280L,
                new CertificateHealth(
                        Instant.parse("2026-12-01T08:00:00Z"),
                        Instant.parse("2026-11-20T06:58:05Z"),
                        "Registering by the template affray-gateway-renewal was refused: 403 AccessDenied"));
        FrameCounts counts = new FrameCounts(3600, 2710, 2, 888, 4, 870, 5, 2, 1, 14, new GateCounts(2210, 380, 120));
        List<CameraHealth> cameras = List.of(
                camera("door", CameraState.STREAMING, null, counts, ImageCondition.COVERED),
                camera(
                        "gate",
                        CameraState.RECONNECTING,
                        "10.20.0.11:554 refuses the connection <b>",
                        FrameCounts.NONE,
                        null),
                camera("old", CameraState.DISARMED, "not served any more", pending(3), null),
                camera("older", CameraState.DISARMED, "not served any more", pending(0), null));
        return new GatewayStatus(
                new HealthReport("northgate-gw1", NOW, false, gateway, cameras),
                Duration.ofMinutes(192),
                Optional.of(Duration.ofSeconds(90)),
                Duration.ofMillis(125_250),
                Map.of(
                        "door",
                        new KnownCamera(true, Optional.of(NASTY), Optional.of("10.20.0.10:554"), Duration.ofHours(3)),
                        "gate",
                        new KnownCamera(true, Optional.of("Gate"), Optional.of("10.20.0.11"), Duration.ofSeconds(7))));
    }

    private static CameraHealth camera(
            String id, CameraState state, String detail, FrameCounts counts, ImageCondition image) {
        boolean streams = state == CameraState.STREAMING;
        return new CameraHealth(
                id,
                state,
                detail,
                streams ? "h264 1920x1080 25 fps" : null,
                streams ? 38L : null,
                streams ? 2 : 0,
                3,
                1,
                counts,
                image);
    }

    private static FrameCounts pending(long frames) {
        return new FrameCounts(3, 0, 0, 3, 0, 3 - frames, 0, 0, 0, frames);
    }
}
