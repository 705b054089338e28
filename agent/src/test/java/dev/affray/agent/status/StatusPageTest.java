package dev.affray.agent.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.health.HealthReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusPageTest {
    private final String page = StatusPage.of(Statuses.trouble());

    @Test
    void tellsWhatIsWrong_inWords() {
        assertThat(page)
                .contains(
                        "as of 2026-11-20 10:10:05 UTC", "as the cloud's, to a tenth of a second".replace("'", "&#39;"))
                .contains("now, covered: without any detail")
                .contains("h264 1920x1080 25 fps · opened again: 3 · hung and given up: 1")
                .contains("Not connected, trying again</b> for 7 s")
                .contains("full: less than 512 MB of the disk are free")
                .contains("good for 10 days, until 2026-12-01 08:00 UTC; not renewed 2026-11-20 06:58 UTC")
                .contains("3,600, 2.0 a second")
                .contains("2,210 quiet packets · 380 nothing moved · 120 near-duplicates · 2 failed · 888 kept")
                .contains("870, 14 waiting")
                .contains("4 recovered at start · 5 evicted unsent · 2 rejected · 1 set aside");
    }

    @Test
    void whatOthersWroteIsTextAlone() {
        assertThat(page)
                .contains("<bdi>Door &quot;&lt;script&gt;alert(1)&lt;/script&gt;&quot; \\ &amp; \u202egnihton</bdi>")
                .contains("refuses the connection &lt;b&gt;")
                .doesNotContain("<script", "connection <b>");
    }

    @Test
    void aGatewayWithoutCamerasSaysSo() {
        GatewayStatus status = Statuses.trouble();
        assertThat(StatusPage.of(new GatewayStatus(
                        new HealthReport(
                                "g", Statuses.NOW, false, status.report().gateway(), List.of()),
                        Duration.ZERO,
                        Optional.empty(),
                        Duration.ZERO,
                        Map.of())))
                .contains("No cameras yet", "not connected");
    }
}
