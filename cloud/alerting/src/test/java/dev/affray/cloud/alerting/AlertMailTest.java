package dev.affray.cloud.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.camera.Language;
import dev.affray.camera.Site;
import dev.affray.cloud.state.Step;
import dev.affray.frame.Line;
import dev.affray.incident.BestFrame;
import dev.affray.incident.IncidentKind;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertMailTest {
    @Test
    void saysWhereAndWhen_inTheSitesTimeZone() {
        AlertMail mail = AlertMail.of(Alerts.named("Front door", "Lincoln School"));

        assertThat(mail.subject()).isEqualTo("Possible fight: Front door, Lincoln School, 22:14:05 CEST");
        assertThat(mail.text()).isEqualTo("""
                Possible fight

                Camera      Front door, Lincoln School
                Time        Wednesday 1 July 2026, 22:14:05 CEST (Europe/Berlin)
                Confidence  87 of 100
                Incident    0123456789ab

                A program judged this. Look before you act.
                """);
        assertThat(mail.html()).contains("Wednesday 1 July 2026, 22:14:05 CEST").doesNotContain("cid:");
    }

    @Test
    void speaksTheLanguageOfTheSite() {
        AlertMail mail = AlertMail.of(Alerts.fight(Step.ESCALATED, Language.SPANISH, Alerts.PAGE));

        assertThat(mail.subject())
                .isEqualTo("Nadie se ha hecho cargo: posible pelea: Front door, Lincoln School, 22:14:05 CEST");
        assertThat(mail.text()).isEqualTo("""
                Nadie se ha hecho cargo: posible pelea

                Cámara      Front door, Lincoln School
                Hora        miércoles 1 de julio de 2026, 22:14:05 CEST (Europe/Berlin)
                Confianza   93 de 100
                Incidente   0123456789ab
                Página      %s

                Se le avisa porque nadie se hizo cargo a tiempo. Lo detectó un programa. Verifique antes de actuar.
                """.formatted(Alerts.PAGE));
        assertThat(mail.html()).contains("<html lang=\"es\">", "Abrir la página");
    }

    @Test
    void theLettersOfAZoneAreItsOwn_inSpanishToo() {
        Alert alert = Alerts.fight(Step.OPENED, Language.SPANISH, null);
        Site site = new Site("Escuela", ZoneId.of("America/New_York"), Language.SPANISH);

        assertThat(AlertMail.of(Alerts.at(site, alert)).subject()).endsWith("16:14:05 EDT");
    }

    @Test
    void showsItsPicturesInTheOrderOfCapture_eachWithTimeAndScore() {
        Alert alert = Alerts.fight(Step.OPENED, Language.ENGLISH, null);
        List<BestFrame> strongest = alert.incident().bestFrames().subList(0, 3);
        AlertMail mail = AlertMail.of(alert, strongest);

        assertThat(mail.frames()).containsExactly(strongest.get(1), strongest.get(2), strongest.get(0));
        assertThat(mail.text()).contains("Pictures    22:14:05 (88), 22:14:05 (82), 22:14:07 (93)\n");
        assertThat(mail.html())
                .containsSubsequence(
                        "cid:frame-0", "22:14:05 &#183; 88", "cid:frame-1", "82<", "cid:frame-2", "22:14:07 &#183; 93")
                .doesNotContain("cid:frame-3")
                .contains("2 more pictures are not in this mail.");
    }

    @Test
    void whatCameLateSaysSo_inSubjectAndBody() {
        AlertMail delayed = AlertMail.of(Alerts.delayed("Front door", "Lincoln School"));
        AlertMail late = AlertMail.of(Alerts.alert("Front door", "Lincoln School", Line.LIVE, "Europe/Berlin", true));

        assertThat(delayed.subject()).startsWith("Delayed: possible fight: ");
        assertThat(delayed.text()).contains("not happening now");
        assertThat(delayed.html()).contains("not happening now");
        assertThat(late.subject()).startsWith("Sent late: possible fight: ");
        assertThat(late.text()).contains("could not go out earlier");
    }

    @Test
    void anUpdateNamesBothCameras_andBelongsToTheThreadOfTheFirst() {
        Alert plain = Alerts.named("Yard", "Lincoln School");
        AlertMail mail = AlertMail.of(
                Alerts.with(plain, false, Optional.of(new Alert.Lead("fedcba987654", "Front door")), Optional.empty()));

        assertThat(mail.subject()).isEqualTo("Update: possible fight now also at Yard, Lincoln School, 22:14:05 CEST");
        assertThat(mail.text())
                .startsWith("Update: possible fight now also at Yard\n")
                .contains("First seen  Front door\n", "It may be the same fight.");
        assertThat(mail.thread()).contains("fedcba987654-opened");
    }

    @Test
    void allMailsOfAnIncidentBelongToTheThreadOfItsFirst() {
        for (Step step : Step.values()) {
            Alert alert = Alerts.fight(step, Language.ENGLISH, null);
            AlertMail mail = AlertMail.of(alert);

            assertThat(mail.thread())
                    .isEqualTo(step == Step.OPENED ? Optional.empty() : Optional.of("0123456789ab-opened"));
        }
        assertThat(Alerts.fight(Step.OPENED, Language.ENGLISH, null).id()).isEqualTo("0123456789ab-opened");
    }

    @Test
    void tellsWhoTookCharge_howLongItWas_andUntilWhenItIsMuted() {
        assertThat(AlertMail.of(Alerts.fight(Step.ACKNOWLEDGED, Language.ENGLISH, null))
                        .text())
                .startsWith("Somebody is in charge: possible fight\n")
                .contains("By          somebody with the link\n", "Began       22:14:05 CEST\n", "22:14:50 CEST");
        assertThat(AlertMail.of(Alerts.fight(Step.CLOSED, Language.ENGLISH, null))
                        .text())
                .startsWith("Over: possible fight\n")
                .contains("Lasted      2 min, from 22:14:05 CEST\n");
        assertThat(AlertMail.of(Alerts.fight(Step.MUTED, Language.ENGLISH, null))
                        .text())
                .startsWith("Muted until 22:45\n")
                .contains("Until       22:45:35 CEST\n", "By          somebody with the link\n")
                .contains("are not announced", "can be taken back on the page");
        assertThat(AlertMail.of(Alerts.fight(Step.UNMUTED, Language.SPANISH, null))
                        .text())
                .startsWith("Avisos activos de nuevo\n")
                .contains("Por         ana@school.example\n");
    }

    @Test
    void aCameraThatIsGone_isToldWithItsReason_andNoConfidence() {
        AlertMail mail = AlertMail.of(Alerts.gone(Step.OPENED, "gateway-1/door", "Front door", true));

        assertThat(mail.subject()).isEqualTo("Camera offline: Front door, Lincoln School, 22:14:05 CEST");
        assertThat(mail.text()).isEqualTo("""
                Camera offline

                Camera      Front door, Lincoln School
                Time        Wednesday 1 July 2026, 22:14:05 CEST (Europe/Berlin)
                Found       not connected: no route to host
                Incident    0123456789ab

                No fight is seen there until it is back. You are told when it is.
                """);
    }

    @Test
    void aGatewayThatIsBack_isToldWithHowLongItWasGone() {
        AlertMail mail = AlertMail.of(Alerts.gone(Step.CLOSED, "gateway-1/_gateway", "gateway-1", true));

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
        AlertMail mail = AlertMail.of(Alerts.gone(Step.CLOSED, "gateway-1/door", "Front door", false));

        assertThat(mail.subject()).startsWith("Not watched any more: Front door");
        assertThat(mail.text())
                .contains("It was taken off the list of cameras.")
                .doesNotContain("back");
    }

    @Test
    void everyAlertHasWordsInEveryLanguage_shortEnough_andItsOwn() {
        List<String> texts = new ArrayList<>();
        for (Alert alert : Alerts.all()) {
            Heading heading = Heading.of(alert);
            AlertMail mail = AlertMail.of(alert);

            assertThat(heading.full())
                    .hasSizeLessThanOrEqualTo(Phrase.MOST_FULL)
                    .doesNotContain("%");
            assertThat(heading.brief())
                    .hasSizeLessThanOrEqualTo(Phrase.MOST_BRIEF)
                    .doesNotContain("%");
            assertThat(mail.text()).doesNotContain("%", "null").endsWith(".\n").contains("22:");
            assertThat(mail.text().contains(Alerts.PAGE.toString()))
                    .isEqualTo(alert.page().isPresent());
            texts.add(mail.text());
        }
        assertThat(texts).doesNotHaveDuplicates();
    }

    @Test
    void aDigestTellsEachUnderItsSite_onThatSitesClock() {
        Site indian = new Site("Kolkata Campus", ZoneId.of("Asia/Kolkata"), Language.ENGLISH);
        Digest digest = new Digest(List.of(
                Alerts.fight(Step.OPENED, Language.SPANISH, Alerts.PAGE),
                Alerts.at(indian, Alerts.named("Gate", "")),
                Alerts.fight(Step.CLOSED, Language.SPANISH, null)));
        AlertMail mail = AlertMail.of(digest);

        assertThat(mail.subject())
                .isEqualTo("3 avisos retenidos: la mayoría en Lincoln School, desde 1 jul 22:14 CEST");
        assertThat(mail.text()).isEqualTo("""
                3 avisos retenidos

                Salían demasiados avisos a la vez y estos se retuvieron. Cada uno aparece aquí una vez.

                Lincoln School
                  1 jul 22:14:05 CEST  Posible pelea: Front door
                    %s
                  1 jul 22:16:39 CEST  Terminó: posible pelea: Front door

                Kolkata Campus
                  2 Jul 01:44:05 IST  Possible fight: Gate
                """.formatted(Alerts.PAGE));
        assertThat(mail.html()).contains("href=\"" + Alerts.PAGE + "\"", "2 Jul 01:44:05 IST");
        assertThat(mail.thread()).isEmpty();
    }

    @Test
    void aDigestOfVeryMany_tellsHowManyMore() {
        List<Alert> alerts = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            alerts.add(Alerts.named("Camera " + i, "School"));
        }
        AlertMail mail = AlertMail.of(new Digest(alerts));

        assertThat(mail.text()).contains("Camera 49\n", "and 20 more\n").doesNotContain("Camera 50");
        assertThat(mail.html()).contains("and 20 more");
    }

    @Test
    void aDurationIsToldAsPeopleSayIt() {
        assertThat(List.of(0, 59, 60, 845, 3599, 7260, 180_000).stream()
                        .map(seconds -> Times.duration(Duration.ofSeconds(seconds))))
                .containsExactly("< 1 s", "59 s", "1 min", "14 min", "59 min", "2 h 1 min", "2 d 2 h");
    }

    @Test
    void everyKindOfConditionHasItsOwnEnd() {
        List<String> ends = new ArrayList<>();
        for (IncidentKind kind : IncidentKind.values()) {
            if (kind.isCondition()) {
                ends.add(Heading.of(Alerts.condition(kind, Step.CLOSED, "gateway-1/door", "Door", true))
                        .full());
            }
        }
        assertThat(ends).containsExactly("Camera is back", "Frames are judged again", "Spending limit is lifted");
    }
}
