package dev.affray.agent.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.affray.health.CameraHealth;
import dev.affray.health.CameraState;
import dev.affray.health.FrameCounts;
import dev.affray.health.HealthReport;
import dev.affray.health.SpoolHealth;
import dev.affray.health.SpoolState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthLoopTest {
    @TempDir
    Path data;

    private final List<HealthReport> reports = new CopyOnWriteArrayList<>();
    private volatile CameraState state = CameraState.STREAMING;
    private volatile SpoolHealth spool = new SpoolHealth(SpoolState.OK, null, 0, 0);
    private volatile boolean connected = true;
    private volatile boolean memory = true;
    private HealthLoop loop;

    private void start() {
        GatewayFigures figures = new GatewayFigures(
                "1", Instant.EPOCH, data, 100, () -> 7, () -> spool, () -> 5, () -> null, () -> null);
        HealthReports made = new HealthReports("gateway-1", this::cameras, figures, Clock.systemUTC());
        loop = new HealthLoop(Duration.ofHours(1), made, this::publish);
        loop.start();
    }

    private List<CameraHealth> cameras() {
        if (!memory) {
            throw new OutOfMemoryError("for a moment");
        }
        return List.of(new CameraHealth("yard", state, null, null, null, 0, 0, 0, FrameCounts.NONE));
    }

    private boolean publish(HealthReport report) {
        return connected && reports.add(report);
    }

    @AfterEach
    void stop() {
        loop.close();
    }

    @Test
    void reportsAtOnce_whenACameraChangesItsState() {
        start();
        await().until(() -> reports.size() == 1);
        state = CameraState.STALLED;
        await().until(() -> reports.size() == 2);

        assertThat(reports.getLast().cameras().getFirst().state()).isEqualTo(CameraState.STALLED);
        assertThat(reports.getLast().gateway().spoolBytes()).isEqualTo(7);
        assertThat(reports.getLast().gateway().diskFreeBytes()).isPositive();
    }

    @Test
    void reportsAtOnce_whenTheSpoolChangesItsState() {
        start();
        await().until(() -> reports.size() == 1);
        spool = new SpoolHealth(SpoolState.FULL, "the disk is full", 0, 2);
        await().until(() -> reports.size() == 2);

        assertThat(reports.getLast().gateway().spool()).isEqualTo(spool);
    }

    @Test
    void reportsAsSoonAsThereIsAConnection() {
        connected = false;
        start();
        assertThat(reports).isEmpty();
        connected = true;
        await().until(() -> reports.size() == 1);
    }

    @Test
    void goesOn_whenMemoryRanOutForAMoment() throws InterruptedException {
        memory = false;
        start();
        Thread.sleep(300);
        memory = true;
        await().until(() -> reports.size() == 1);
    }

    @Test
    void theLastReportSaysSo_once() {
        start();
        await().until(() -> reports.size() == 1);
        loop.close();
        loop.close();

        assertThat(reports).extracting(HealthReport::last).containsExactly(false, true);
    }
}
