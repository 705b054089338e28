package dev.affray.cloud.state.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affray.cloud.state.link.LinkToken.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTokenTest {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final String NEW = "n".repeat(32);
    private static final String OLD = "o".repeat(32);
    private static final String INCIDENT = "0k3v9x2m7qfa";
    private static final Instant NOW = Instant.parse("2026-11-20T21:10:00Z");
    private static final Instant IN_A_WEEK = NOW.plus(Duration.ofDays(7));

    private static final Verdict VALID = new Verdict.Valid(INCIDENT, IN_A_WEEK.plus(Duration.ofMinutes(50)));

    private final LinkToken tokens = tokens(NEW);

    @Test
    void aTokenIsShort_andHoldsNothingThatAnSmsOrALinkWouldSpoil() {
        String token = tokens.sign(INCIDENT, IN_A_WEEK);

        assertThat(token).hasSize(39).matches("[A-Za-z0-9_-]+[A-Za-z0-9]");
        assertThat(tokens.verify(token, NOW)).isEqualTo(VALID);
    }

    @Test
    void whatIsSentTwiceWithinTheHour_hasTheSameLink() {
        assertThat(tokens.sign(INCIDENT, IN_A_WEEK.plus(Duration.ofMinutes(49))))
                .isEqualTo(tokens.sign(INCIDENT, IN_A_WEEK));
        assertThat(tokens.sign(INCIDENT, IN_A_WEEK.plus(Duration.ofMinutes(51))))
                .isNotEqualTo(tokens.sign(INCIDENT, IN_A_WEEK));
    }

    @Test
    void aTokenHoldsUntilTheFullHourAfterItsTime_andIsThenToldToBeExpired() {
        String token = tokens.sign(INCIDENT, IN_A_WEEK);

        assertThat(tokens.verify(token, IN_A_WEEK.plus(Duration.ofMinutes(50)).minusMillis(1)))
                .isEqualTo(VALID);
        assertThat(tokens.verify(token, IN_A_WEEK.plus(Duration.ofMinutes(50)))).isEqualTo(new Verdict.Expired());
    }

    @Test
    void anyOtherCharacterAnywhere_isRefused() {
        String token = tokens.sign(INCIDENT, IN_A_WEEK);
        for (int i = 0; i < token.length(); i++) {
            for (char other : ALPHABET.toCharArray()) {
                if (other != token.charAt(i)) {
                    String altered = token.substring(0, i) + other + token.substring(i + 1);
                    assertThat(tokens.verify(altered, NOW)).as(altered).isEqualTo(new Verdict.Refused());
                    assertThat(tokens.verify(altered, IN_A_WEEK.plus(Duration.ofDays(9))))
                            .isEqualTo(new Verdict.Refused());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 0})
    void whatIsCutLengthenedSwappedOrMixedWithAnotherLink_isRefused(long fixedSeed) {
        long seed = fixedSeed != 0 ? fixedSeed : System.nanoTime();
        Random random = new Random(seed);
        Set<String> signed = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            signed.add(tokens.sign(id(random), NOW.plus(Duration.ofHours(random.nextInt(400)))));
        }
        String[] all = signed.toArray(String[]::new);
        for (int i = 0; i < 20_000; i++) {
            String one = all[random.nextInt(all.length)];
            String other = all[random.nextInt(all.length)];
            int cut = random.nextInt(one.length() + 1);
            String made = switch (random.nextInt(5)) {
                case 0 -> one.substring(0, cut);
                case 1 -> one.substring(0, cut) + other.substring(cut);
                case 2 -> one.substring(0, cut) + ALPHABET.charAt(random.nextInt(64)) + one.substring(cut);
                case 3 -> one.substring(cut) + one.substring(0, cut);
                default -> one + "=".repeat(random.nextInt(3));
            };
            if (!signed.contains(made)) {
                assertThat(tokens.verify(made, NOW))
                        .as("%s, seed %d", made, seed)
                        .isEqualTo(new Verdict.Refused());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "../../etc/passwd",
                "<script>alert(1)</script>",
                "ÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿ",
                "a\u0000b"
            })
    void whatIsNoTokenAtAll_isRefused(String text) {
        assertThat(tokens.verify(text, NOW)).isEqualTo(new Verdict.Refused());
        assertThat(tokens.verify(text.repeat(4000), NOW)).isEqualTo(new Verdict.Refused());
    }

    @Test
    void afterARotation_theNewKeySigns_andLinksOfTheOldOneHold_untilItIsTakenAway() {
        String before = tokens(OLD).sign(INCIDENT, IN_A_WEEK);
        LinkToken both = tokens(NEW + "\n" + OLD + "\n");

        assertThat(both.verify(before, NOW)).isEqualTo(VALID);
        assertThat(both.sign(INCIDENT, IN_A_WEEK)).isEqualTo(tokens.sign(INCIDENT, IN_A_WEEK));
        assertThat(tokens.verify(before, NOW)).isEqualTo(new Verdict.Refused());
    }

    @Test
    void aLinkOfAKeyThatIsNotKnownYet_makesItLookAgain() {
        String token = tokens(NEW).sign(INCIDENT, IN_A_WEEK);
        LinkToken behind = new LinkToken(new LinkKeys() {
            @Override
            public KeyRing keys() {
                return KeyRing.parse(OLD);
            }

            @Override
            public KeyRing latest() {
                return KeyRing.parse(NEW + " " + OLD);
            }
        });

        assertThat(behind.verify(token, NOW)).isEqualTo(VALID);
    }

    @Test
    void twoKeysOfTheSameId_bothVerify() {
        String first = "k".repeat(32);
        char id = KeyRing.parse(first).newest();
        String second = null;
        for (int i = 0; second == null; i++) {
            String candidate = "x".repeat(32) + i;
            second = KeyRing.parse(candidate).newest() == id ? candidate : null;
        }
        LinkToken both = tokens(second + " " + first);

        assertThat(both.verify(tokens(first).sign(INCIDENT, IN_A_WEEK), NOW)).isEqualTo(VALID);
        assertThat(both.verify(tokens(second).sign(INCIDENT, IN_A_WEEK), NOW)).isEqualTo(VALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n ",
                "short",
                "has a space and a colon: 0123456789012345678901234567",
                "éééééééééééééééééééééééééééééééé"
            })
    void whatIsNoKey_isRefusedWithoutBeingShown(String text) {
        assertThatThrownBy(() -> KeyRing.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key")
                .message()
                .doesNotContain("short", "colon", "é");
        assertThatThrownBy(() -> KeyRing.parse(NEW + " " + NEW)).hasMessageContaining("twice");
        assertThat(KeyRing.parse(NEW).toString()).doesNotContain(NEW).hasSizeLessThan(20);
    }

    private static LinkToken tokens(String secrets) {
        KeyRing ring = KeyRing.parse(secrets);
        return new LinkToken(() -> ring);
    }

    private static String id(Random random) {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            id.append(Base32.digit(random.nextInt(32)));
        }
        return id.toString();
    }
}
