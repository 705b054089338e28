package dev.affray.cloud.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.camera.Language;
import dev.affray.camera.Site;
import dev.affray.cloud.state.Step;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** To 30 September, the longest date in Spanish. */
    private static final Duration TO_THE_LONGEST_DATE = Duration.ofDays(91);

    @Test
    void anSmsSaysWhatWhereAndWhen() {
        assertThat(SmsText.of(Alerts.named("Front door", "Lincoln School")))
                .isEqualTo("Possible fight: Front door, Lincoln School, 1 Jul 22:14:05 CEST (0123456789ab)");
        assertThat(SmsText.of(Alerts.delayed("Front door", "Lincoln School")))
                .isEqualTo("Delayed: possible fight: Front door, Lincoln School, 1 Jul 22:14:05 CEST (0123456789ab)");
    }

    @Test
    void anSmsWithALinkEndsWithIt_inPlaceOfTheId() {
        assertThat(SmsText.of(Alerts.fight(Step.OPENED, Language.ENGLISH, Alerts.PAGE)))
                .isEqualTo("Possible fight: Front door, Lincoln School, 1 Jul 22:14 CEST " + Alerts.PAGE);
        assertThat(SmsText.of(Alerts.fight(Step.ESCALATED, Language.SPANISH, Alerts.PAGE)))
                .isEqualTo("Nadie se ha hecho cargo: posible pelea: Front door, Lincoln School, 22:14 " + Alerts.PAGE);
        assertThat(SmsText.of(Alerts.fight(Step.ESCALATED, Language.SPANISH, page(100))))
                .isEqualTo("Pendiente: posible pelea: Front door, 22:14 " + page(100));
        assertThat(SmsText.of(update("Yard", Alerts.PAGE)))
                .isEqualTo("Update: possible fight now also at Yard, Lincoln School, 1 Jul 22:14 CEST " + Alerts.PAGE);
        assertThat(SmsText.of(update("Yard", URI.create("https://a.example/i/x"))))
                .isEqualTo("Update: possible fight now also at Yard, Lincoln School, 22:14, first at Front door"
                        + " https://a.example/i/x");
    }

    @Test
    void aLinkThatDoesNotFitIsLeftOut_andTheReaderSentToTheMail() {
        assertThat(SmsText.of(Alerts.fight(Step.OPENED, Language.ENGLISH, page(130))))
                .isEqualTo("Possible fight: Front door, Lincoln School, 1 Jul 22:14:05 CEST: see e-mail");
        assertThat(SmsText.of(Alerts.fight(Step.CLOSED, Language.SPANISH, page(300))))
                .isEqualTo("Termino: posible pelea: Front door, Lincoln School, 1 jul 22:16:39 CEST: vea el correo");
    }

    @Test
    void aDigestIsOneSms_thatSaysHowManyAndWhereMost() {
        Site other = new Site("Other", ZoneId.of("UTC"));
        Alert one = Alerts.named("Front door", "Lincoln School");

        assertThat(SmsText.of(new Digest(List.of(one))))
                .isEqualTo("1 message held back: Lincoln School, from 1 Jul 22:14 CEST: see e-mail");
        assertThat(SmsText.of(new Digest(List.of(Alerts.at(other, one), one, one))))
                .isEqualTo("3 messages held back: most at Lincoln School, from 1 Jul 22:14 CEST: see e-mail");
        assertThat(SubjectLine.of(new Digest(List.of(one, one))))
                .isEqualTo("2 messages held back: Lincoln School, from 1 Jul 22:14 CEST");
    }

    @Test
    void spellsOtherAlphabetsInLatin_andFallsBackToTheIds_whenNothingIsLeft() {
        assertThat(SmsText.of(Alerts.named("Вход у щита", "Łódź Süd")))
                .startsWith("Possible fight: Vkhod u shchita, Lodz Süd, ");
        assertThat(SmsText.of(Alerts.named("正门", "🏫"))).startsWith("Possible fight: door, gateway-1, ");
        assertThat(SmsText.of(Alerts.named("¿Baño? ¡Área de niños!", "Colegio José Martí")))
                .startsWith("Possible fight: ¿Baño? ¡Area de niños!, Colegio José Marti, ");
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
    void whateverItTells_andWhateverTheNames_anSmsIsOnePartOfGsm7_withItsLinkWhole() {
        Random random = new Random(11);
        for (Alert alert : everything(random)) {
            for (int length : List.of(0, 40, 72, 99, 100, 101, 118, 160)) {
                Alert linked = Alerts.with(
                        alert, alert.late(), alert.lead(), length == 0 ? Optional.empty() : Optional.of(page(length)));
                String sms = SmsText.of(linked);
                Heading heading = Heading.of(linked);

                assertThat(Alphabet.GSM_7.has(sms)).as(sms).isTrue();
                assertThat(Alphabet.GSM_7.length(sms)).as(sms).isLessThanOrEqualTo(160 - "ABCDEFGHIJ> ".length());
                assertThat(sms.startsWith(Alphabet.GSM_7.spell(heading.full()))
                                || sms.startsWith(Alphabet.GSM_7.spell(heading.brief()) + ": "))
                        .as(sms)
                        .isTrue();
                assertThat(sms).contains(", " + (SmsText.isOld(alert) || length == 0 ? date(linked) + " " : ""));
                assertThat(sms).contains(Times.of(linked).minute(linked.at()));
                if (length > 0 && length <= 100) {
                    assertThat(sms).endsWith(" " + page(length));
                } else if (length == 0) {
                    assertThat(sms).endsWith(" (0123456789ab)");
                } else {
                    assertThat(sms).matches(".*( https://.*|: see e-mail|: vea el correo)");
                }
            }
        }
    }

    @Test
    void whateverItTells_andWhateverTheNames_aSubjectIsWhatSnsTakes() {
        for (Alert alert : everything(new Random(12))) {
            String subject = SubjectLine.of(alert);

            assertThat(subject)
                    .matches("[A-Za-z][ -~]{0,98}")
                    .startsWith(Alphabet.ASCII.spell(Heading.of(alert).full()))
                    .contains(", " + Times.of(alert).second(alert.at()));
        }
    }

    @Test
    void whateverTheNames_aDigestIsOnePart() {
        List<Alert> all = everything(new Random(13));
        for (int from = 0; from + 9 < all.size(); from += 9) {
            Digest digest = new Digest(all.subList(from, from + 9));
            String sms = SmsText.of(digest);

            assertThat(Alphabet.GSM_7.has(sms)).as(sms).isTrue();
            assertThat(Alphabet.GSM_7.length(sms)).as(sms).isLessThanOrEqualTo(148);
            assertThat(sms).startsWith("9 ").matches(".*: (see e-mail|vea el correo)");
            assertThat(SubjectLine.of(digest)).matches("9 [ -~]{0,97}");
        }
    }

    @Test
    void aCharacterOfTheExtensionTableCountsTwice() {
        assertThat(Alphabet.GSM_7.length("a€[b]")).isEqualTo(8);
        assertThat(Alphabet.GSM_7.cut("€€€€€", 9)).isEqualTo("€€€..");
    }

    /** All that can be told, with pairs of nasty names, in many zones, some of it late, on the day whose date is longest. */
    private static List<Alert> everything(Random random) {
        List<String> names = names();
        List<Alert> all = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            for (Alert alert : Alerts.all()) {
                Site site = new Site(
                        pick(names, random),
                        ZoneId.of(pick(ZONES, random)),
                        alert.site().language());
                Alert moved =
                        Alerts.named(pick(names, random), Alerts.later(Alerts.at(site, alert), TO_THE_LONGEST_DATE));
                Optional<Alert.Lead> lead = alert.lead().map(l -> new Alert.Lead(l.incident(), pick(names, random)));
                all.add(Alerts.with(moved, random.nextInt(3) == 0, lead, Optional.empty()));
            }
        }
        return all;
    }

    /** Nasty ones, and some of random characters. */
    private static List<String> names() {
        List<String> names = new ArrayList<>(NASTY);
        Random random = new Random(7);
        for (int i = 0; i < 30; i++) {
            StringBuilder name = new StringBuilder();
            random.ints(random.nextInt(1, 65), 0, Character.MAX_CODE_POINT + 1).forEach(name::appendCodePoint);
            random.ints(random.nextInt(1, 65), 0, 0x500).forEach(name::appendCodePoint);
            names.add(name.toString());
        }
        return names;
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    private static String date(Alert alert) {
        return Alphabet.GSM_7.spell(Times.of(alert).date(alert.at()));
    }

    private static Alert update(String camera, URI page) {
        return Alerts.with(
                Alerts.named(camera, "Lincoln School"),
                false,
                Optional.of(new Alert.Lead("fedcba987654", "Front door")),
                Optional.of(page));
    }

    /** A link of so many characters. */
    private static URI page(int length) {
        String start = "https://affray.example/i/";
        return URI.create(start + "x_-9".repeat(100).substring(0, length - start.length()));
    }
}
