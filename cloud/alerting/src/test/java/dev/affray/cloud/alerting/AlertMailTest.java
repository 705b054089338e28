package dev.affray.cloud.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.cloud.state.Step;
import dev.affray.frame.Line;
import dev.affray.incident.IncidentKind;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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

    @Test
    void aCameraThatIsGone_isToldWithItsReason_andNoConfidence() {
        AlertMail mail = AlertMail.of(
                Alerts.gone(Step.OPENED, "gateway-1/door", "Front door", true),
                Optional.of(URI.create("http://127.0.0.1:8080/")),
                1);
        assertThat(mail.subject()).isEqualTo("Camera offline: Front door, Lincoln School, 22:14:05 CEST");
        assertThat(mail.text()).isEqualTo("""
                Camera offline

                Camera      Front door, Lincoln School
                Time        Wednesday 1 July 2026, 22:14:05 CEST (Europe/Berlin)
                Found       not connected: no route to host
                Incident    0123456789ab
                Page        http://127.0.0.1:8080/

                No fight is seen there until it is back. You are told when it is.
                """);
    }

    @Test
    void aGatewayThatIsBack_isToldWithHowLongItWasGone() {
        AlertMail mail =
                AlertMail.of(Alerts.gone(Step.CLOSED, "gateway-1/_gateway", "gateway-1", true), Optional.empty(), 1);
        assertThat(mail.subject()).isEqualTo("Gateway is back: gateway-1, Lincoln School, 22:28:10 CEST");
        assertThat(mail.text()).isEqualTo("""
                Gateway is back

                Gateway     gateway-1, Lincoln School
                Time        Wednesday 1 July 2026, 22:28:10 CEST (Europe/Berlin)
                Lasted      14 min, from 22:14:05 CEST
                It was      not connected: no route to host
                Incident    0123456789ab

                It is watched again.
                """);
        assertThat(mail.html()).contains("It is watched again.").doesNotContain("judged");
    }

    @Test
    void whatWasGivenUp_isNotCalledBack() {
        AlertMail mail =
                AlertMail.of(Alerts.gone(Step.CLOSED, "gateway-1/door", "Front door", false), Optional.empty(), 1);
        assertThat(mail.subject()).startsWith("Not watched any more: Front door");
        assertThat(mail.text())
                .contains("It was taken off the list of cameras.")
                .doesNotContain("back");
    }

    @ParameterizedTest
    @EnumSource
    void everyKindAndStepHasWordsOfItsOwn(IncidentKind kind) {
        for (Step step : Step.values()) {
            Alert alert = Alerts.condition(kind, step, "gateway-1/door", "Door", true);
            assertThat(Words.what(alert)).matches("[A-Z][a-z ]{8,39}");
            assertThat(Words.last(alert)).endsWith(".");
        }
    }

    @ParameterizedTest
    @CsvSource({"59, 59 s", "60, 1 min", "845, 14 min", "3599, 59 min", "7260, 2 h 1 min", "180000, 2 d 2 h"})
    void durationsAreToldAsPeopleSayThem(long seconds, String words) {
        assertThat(Words.duration(Duration.ofSeconds(seconds))).isEqualTo(words);
    }
}
