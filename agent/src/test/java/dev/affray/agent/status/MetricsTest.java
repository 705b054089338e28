package dev.affray.agent.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final Path PROMTOOL = Path.of(System.getProperty("affray.promtool", "/usr/bin/promtool"));

    private static Scrape scrape(String accepted) throws IOException {
        return Scrape.of(Metrics.of(Statuses.trouble()), accepted);
    }

    private static String text(String accepted) throws IOException {
        return scrape(accepted).body();
    }

    private static Exposition exposition() throws IOException {
        return Exposition.read(text(""));
    }

    @Test
    void tellsTheFiguresOfTheReport_inBaseUnits() throws IOException {
        assertThat(exposition().series)
                .containsEntry("affray_build_info[java=" + Runtime.version() + ", version=0.1.0]", 1.0)
                .containsEntry("affray_clock_skew_seconds[]", -0.042)
                .containsEntry("affray_mqtt_connected[]", 1.0)
                .containsEntry("affray_spool_bytes[]", 1_843_200.0)
                .containsEntry("affray_spool_state[state=full]", 1.0)
                .containsEntry("affray_spool_state[state=ok]", 0.0)
                .containsEntry("affray_certificate_expires_timestamp_seconds[]", 1_796_112_000.0)
                .containsEntry("affray_certificate_renewal_failed[]", 1.0)
                .containsEntry("process_cpu_seconds_total[]", 125.25)
                .containsEntry("process_start_time_seconds[]", 1_795_157_883.412)
                .containsEntry("affray_camera_info[camera=door, name=" + Statuses.NASTY + "]", 1.0)
                .containsEntry("affray_camera_state[camera=door, state=streaming]", 1.0)
                .containsEntry("affray_camera_state[camera=gate, state=streaming]", 0.0)
                .containsEntry("affray_camera_state[camera=gate, state=reconnecting]", 1.0)
                .containsEntry("affray_camera_image[camera=door, condition=covered]", 1.0)
                .containsEntry("affray_camera_last_frame_age_seconds[camera=door]", 0.038)
                .containsEntry("affray_camera_reconnects_total[camera=gate]", 3.0)
                .doesNotContainKey("affray_camera_last_frame_age_seconds[camera=gate]")
                .doesNotContainKey("affray_camera_image[camera=gate, condition=ok]");
    }

    @Test
    void whatWasSampledAndSpooledAddsUp() throws IOException {
        Exposition read = exposition();
        assertThat(sum(read, "affray_samples_total[camera=door")).isEqualTo(3600);
        assertThat(sum(read, "affray_samples_total[camera=door, outcome=spooled")
                        + sum(read, "affray_recovered_frames_total[camera=door"))
                .isEqualTo(
                        sum(read, "affray_frames_total[camera=door") + sum(read, "affray_pending_frames[camera=door"))
                .isEqualTo(892);
    }

    private static double sum(Exposition read, String start) {
        return read.series.entrySet().stream()
                .filter(series -> series.getKey().startsWith(start))
                .mapToDouble(java.util.Map.Entry::getValue)
                .sum();
    }

    @Test
    void aCameraThatIsNotServedGoes_onceItsFramesAreSent() throws IOException {
        assertThat(exposition().series.keySet())
                .anyMatch(series -> series.contains("camera=old,"))
                .noneMatch(series -> series.contains("camera=older"));
    }

    @Test
    void speaksTheFormatThatIsAskedFor() throws IOException {
        assertThat(scrape("text/plain;version=0.0.4;q=0.5,*/*;q=0.1").type()).startsWith("text/plain; version=0.0.4");
        String asked = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5";
        assertThat(scrape(asked).type()).startsWith("application/openmetrics-text; version=1.0.0");
        assertThat(text(asked)).endsWith("\n# EOF\n").contains("# TYPE affray_frames counter\n");
    }

    /** Needs {@code apt install prometheus}, or the program's path in {@code -Daffray.promtool}. */
    @Test
    void prometheusFindsNothingToSay() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(PROMTOOL), "there is no promtool");
        Process check = new ProcessBuilder(PROMTOOL.toString(), "check", "metrics")
                .redirectErrorStream(true)
                .start();
        try (var in = check.getOutputStream()) {
            in.write(scrape("").body().getBytes(StandardCharsets.UTF_8));
        }
        assertThat(new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(check.waitFor()).isZero();
    }

    @Test
    void theReadmeNamesEveryFamily() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        assertThat(exposition().types.keySet())
                .allSatisfy(name -> assertThat(readme).contains("`" + name + "`"));
        assertThat(Stream.of("/metrics", "/healthz")).allMatch(readme::contains);
    }
}
