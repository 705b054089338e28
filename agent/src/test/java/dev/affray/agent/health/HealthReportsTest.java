package dev.affray.agent.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.health.CameraHealth;
import dev.affray.health.CameraState;
import dev.affray.health.FrameCounts;
import dev.affray.health.SpoolHealth;
import dev.affray.health.SpoolState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthReportsTest {
    @TempDir
    Path data;

    private CameraState state = CameraState.STREAMING;
    private Duration now = Duration.ZERO;

    @Test
    void remembersSinceWhenACameraIsInItsState_whoeverAsks() {
        SpoolHealth spool = new SpoolHealth(SpoolState.OK, null, 0, 0);
        GatewayFigures figures = new GatewayFigures(
                "1", Instant.EPOCH, data, 100, () -> 7, () -> spool, () -> 5, () -> null, () -> null);
        HealthReports reports =
                new HealthReports("gateway-1", this::cameras, figures, Clock.systemUTC(), () -> now.toNanos());

        assertThat(reports.inState("yard")).isZero();
        var _ = reports.now();
        now = now.plusSeconds(40);
        assertThat(reports.now().cameras()).hasSize(1);
        assertThat(reports.inState("yard")).hasSeconds(40);

        state = CameraState.STALLED;
        var _ = reports.now();
        now = now.plusSeconds(2);
        assertThat(reports.inState("yard")).hasSeconds(2);
    }

    private List<CameraHealth> cameras() {
        return List.of(new CameraHealth("yard", state, null, null, null, 0, 0, 0, FrameCounts.NONE));
    }
}
