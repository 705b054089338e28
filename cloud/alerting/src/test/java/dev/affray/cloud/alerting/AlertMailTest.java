package dev.affray.cloud.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.camera.Site;
import dev.affray.cloud.state.Step;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import dev.affray.incident.BestFrame;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import dev.affray.incident.Severity;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AlertMailTest {
    private static final Instant OPENED = Instant.parse("2026-07-01T20:14:05.250Z");

    @Test
    void saysWhereAndWhen_inTheSitesTimeZone() {
        AlertMail mail = AlertMail.of(alert("Front door", Line.LIVE), Optional.empty(), 1);

        assertThat(mail.subject()).isEqualTo("Possible fight: Front door, Lincoln School, 22:14:05 CEST");
        assertThat(mail.text())
                .contains("Wednesday 1 July 2026, 22:14:05 CEST (Europe/Berlin)")
                .contains("Confidence  87 of 100")
                .contains("taken at 22:14:04 CEST");
        assertThat(mail.frames()).hasSize(1);
        assertThat(mail.html()).contains("cid:frame-0").doesNotContain("cid:frame-1");
    }

    @Test
    void aBacklogIncidentIsMarkedDelayed_inSubjectAndBody() {
        AlertMail mail = AlertMail.of(alert("Front door", Line.BACKLOG), Optional.empty(), 1);

        assertThat(mail.subject()).startsWith("Delayed: ");
        assertThat(mail.text()).contains("not happening now");
        assertThat(mail.html()).contains("not happening now");
    }

    @Test
    void aMailThatCouldNotGoEarlierSaysSo() {
        AlertMail mail = AlertMail.of(alert("Front door", Line.LIVE, true), Optional.empty(), 1);

        assertThat(mail.subject()).startsWith("Sent late: ");
        assertThat(mail.text()).contains("could not go out earlier");
    }

    @Test
    void aNameWithScriptAndLineBreaksIsHarmless() {
        AlertMail mail =
                AlertMail.of(alert("<script>x</script>\r\nBcc: all@example.org", Line.LIVE), Optional.empty(), 1);

        assertThat(mail.subject()).doesNotContain("\r").doesNotContain("\n");
        assertThat(mail.html()).doesNotContain("<script>").contains("&lt;script&gt;");
        assertThat(mail.text().lines()).noneMatch(line -> line.startsWith("Bcc"));
    }

    @Test
    void namesThePage_whenThereIsOne() {
        URI page = URI.create("http://127.0.0.1:8080/#abc");

        assertThat(AlertMail.of(alert("Door", Line.LIVE), Optional.of(page), 0).text())
                .contains(page.toString());
    }

    private static Alert alert(String name, Line line) {
        return alert(name, line, false);
    }

    private static Alert alert(String name, Line line, boolean late) {
        CameraId camera = new CameraId("gateway-1", "door");
        Frame frame = new Frame(camera, OPENED.minusSeconds(1), 7, OptionalInt.of(87));
        Incident incident = new Incident(
                "0123456789ab",
                1,
                camera,
                IncidentKind.FIGHT,
                line,
                OPENED,
                OPENED.plusSeconds(3),
                null,
                87.4,
                Severity.NORMAL,
                List.of(new BestFrame(new FrameKey(line, frame).format(), 87.4)),
                OPENED,
                null,
                null,
                null,
                null);
        return new Alert(Step.OPENED, incident, name, new Site("Lincoln School", ZoneId.of("Europe/Berlin")), late);
    }
}
