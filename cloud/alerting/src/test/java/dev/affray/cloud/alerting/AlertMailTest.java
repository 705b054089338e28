package dev.affray.cloud.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.frame.Line;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertMailTest {
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
        return Alerts.alert(name, "Lincoln School", line, "Europe/Berlin", late);
    }
}
