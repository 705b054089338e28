package dev.affray.cloud.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.frame.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The SMS and the subject: short, of few characters, and never without what happened and when. */
class ShortTextsTest {
    private static final List<String> NASTY = List.of(
            "",
            " ",
            "Front door",
            "Straße am Flöhafluß, Grüße aus Łódź",
            "Вход №1 у щита — объект «Ёлка»",
            "正门摄像头",
            "Δελφοί Ωμέγα",
            "🚪👩‍👩‍👧‍👦🏳️‍🌈",
            "Door 🚪 two",
            "a\r\nb\u0000c\u0085d\u2028e\u001bf\tg",
            "€[]{}~^|\\".repeat(7),
            "e\u0301".repeat(32),
            "\ud83d lonely surrogate \ude00",
            "ﷺﷺﷺﷺ",
            "W".repeat(64),
            "€".repeat(64),
            "𝕱𝖗𝖔𝖓𝖙",
            "مدخل",
            "\u202eright to left",
            "ß".repeat(64),
            "Щ".repeat(64));
    private static final List<String> ZONES =
            List.of("Europe/Berlin", "America/Argentina/ComodRivadavia", "Asia/Kathmandu", "Etc/GMT+12", "UTC");

    @Test
    void anSmsSaysWhatWhereAndWhen() {
        assertThat(SmsText.of(Alerts.named("Front door", "Lincoln School")))
                .isEqualTo("Possible fight: Front door, Lincoln School, 1 Jul 22:14:05 CEST (0123456789ab)");
        assertThat(SmsText.of(Alerts.delayed("Front door", "Lincoln School")))
                .isEqualTo("Delayed: possible fight: Front door, Lincoln School, 1 Jul 22:14:05 CEST (0123456789ab)");
    }

    @Test
    void spellsOtherAlphabetsInLatin_andFallsBackToTheIds_whenNothingIsLeft() {
        assertThat(SmsText.of(Alerts.named("Вход у щита", "Łódź Süd")))
                .startsWith("Possible fight: Vkhod u shchita, Lodz Süd, ");
        assertThat(SmsText.of(Alerts.named("正门", "🏫"))).startsWith("Possible fight: door, gateway-1, ");
        assertThat(SubjectLine.of(Alerts.named("Grüße", "“Ωμέγα” №5")))
                .isEqualTo("Possible fight: Grusse, \"Omega\" No5, 22:14:05 CEST");
    }

    @Test
    void onlyNamesAreCut_eachInItsFairPart() {
        String sms = SmsText.of(Alerts.delayed("W".repeat(64), "School beyond the wide river"));

        assertThat(sms).contains("WWWW.., School beyond the wide river, 1 Jul 22:14:05 CEST (0123456789ab)");
        assertThat(SmsText.of(Alerts.delayed("C".repeat(64), "S".repeat(64))))
                .containsPattern("C{25,}\\.\\., S{25,}\\.\\., 1 Jul");
    }

    @Test
    void whateverTheNames_anSmsIsOnePartOfGsm7() {
        for (Alert alert : nasty()) {
            String sms = SmsText.of(alert);

            assertThat(sms.codePoints()).as(sms).allMatch(c -> Alphabet.GSM_7.units(c) > 0);
            assertThat(Alphabet.GSM_7.length(sms)).as(sms).isLessThanOrEqualTo(160 - "ABCDEFGHIJ> ".length());
            assertThat(sms)
                    .startsWith(Words.what(alert))
                    .containsPattern(", [12] Jul \\d\\d:\\d\\d:05 [^ ]+ \\(0123456789ab\\)$");
        }
    }

    @Test
    void whateverTheNames_aSubjectIsWhatSnsTakes() {
        for (Alert alert : nasty()) {
            String subject = SubjectLine.of(alert);

            assertThat(subject).matches("[A-Za-z][ -~]{0,98}").startsWith(Words.what(alert));
        }
    }

    @Test
    void aCharacterOfTheExtensionTableCountsTwice() {
        assertThat(Alphabet.GSM_7.length("a€[b]")).isEqualTo(8);
        assertThat(Alphabet.GSM_7.cut("€€€€€", 9)).isEqualTo("€€€..");
    }

    /** All pairs of nasty names, and some of random characters. */
    private static List<Alert> nasty() {
        List<String> names = new ArrayList<>(NASTY);
        Random random = new Random(7);
        for (int i = 0; i < 30; i++) {
            StringBuilder name = new StringBuilder();
            random.ints(random.nextInt(1, 65), 0, Character.MAX_CODE_POINT + 1).forEach(name::appendCodePoint);
            random.ints(random.nextInt(1, 65), 0, 0x500).forEach(name::appendCodePoint);
            names.add(name.toString());
        }
        List<Alert> alerts = new ArrayList<>();
        for (String camera : names) {
            for (String site : names) {
                int pick = alerts.size();
                alerts.add(Alerts.alert(
                        camera,
                        site,
                        pick % 2 == 0 ? Line.LIVE : Line.BACKLOG,
                        ZONES.get(pick % ZONES.size()),
                        pick % 3 == 0));
            }
        }
        return alerts;
    }
}
