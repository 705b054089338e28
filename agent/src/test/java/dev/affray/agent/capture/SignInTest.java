package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.agent.capture.CaptureSource.Login;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTest {
    private static final Login MUFASA = new Login("Mufasa", "Circle of Life");
    private static final String OFFER = "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=%s, "
            + "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "
            + "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";

    private final SignIn signIn = new SignIn(MUFASA, () -> "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");

    @ParameterizedTest
    @CsvSource({
        "MD5, 8ca523f5e9506fed4657c9700eebdbec",
        "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
    })
    void answersAsTheExamplesOfRfc7616(String algorithm, String response) {
        assertThat(signIn.challenged(List.of(OFFER.formatted(algorithm)), 0)).isTrue();

        assertThat(signIn.authorization("GET", "/dir/index.html").orElseThrow())
                .startsWith("Digest username=\"Mufasa\", realm=\"http-auth@example.org\"")
                .contains(
                        "response=\"" + response + "\"",
                        "nc=00000001",
                        "qop=auth,",
                        "algorithm=" + algorithm,
                        "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"")
                .doesNotContain("Circle");
        assertThat(signIn.authorization("GET", "/dir/index.html").orElseThrow()).contains("nc=00000002");
    }

    @Test
    void answersAsTheExampleOfRfc2069_whereNoQualityOfProtectionIsOffered() {
        SignIn old = new SignIn(new Login("Mufasa", "CircleOfLife"), () -> "unused");
        assertThat(old.challenged(
                        List.of("Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\""),
                        0))
                .isTrue();
        // The example's own figure is known to be wrong; this one is that of the errata.
        assertThat(old.authorization("GET", "/dir/index.html").orElseThrow())
                .contains("response=\"1949323746fe6a43ef61f9606e7febea\"")
                .doesNotContain("cnonce");
    }

    @Test
    void takesTheStrongestOffer_inOneHeaderOrSeveral() {
        String all = "Basic realm=\"a, b\", " + OFFER.formatted("MD5") + ", " + OFFER.formatted("SHA-256");
        assertThat(signIn.challenged(List.of(all), 0)).isTrue();
        assertThat(signIn.authorization("GET", "/").orElseThrow()).contains("algorithm=SHA-256");

        assertThat(signIn.challenged(List.of("Basic realm=x", OFFER.formatted("MD5")), 0))
                .isTrue();
        assertThat(signIn.authorization("GET", "/").orElseThrow()).contains("algorithm=MD5");

        assertThat(signIn.challenged(List.of("Basic realm=\"x\""), 0)).isTrue();
        assertThat(signIn.authorization("GET", "/")).contains("Basic TXVmYXNhOkNpcmNsZSBvZiBMaWZl");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Negotiate", "Digest nonce=\"a\", algorithm=SHA-512", "Digest nonce=a, qop=auth-int", "", "=,\""
            })
    void answersNothing_whenNothingIsOfferedThatItKnows(String offer) {
        assertThat(signIn.challenged(List.of(offer), 0)).isFalse();
        assertThat(signIn.authorization("GET", "/")).isEmpty();
    }

    @Test
    void triesARefusedLoginOnceMore_onlyWhenItsNonceWasTooOld() {
        assertThat(signIn.challenged(List.of(OFFER.formatted("MD5")), 1)).isFalse();
        assertThat(signIn.challenged(List.of(OFFER.formatted("MD5") + ", stale=TRUE"), 1))
                .isTrue();
        assertThat(signIn.challenged(List.of(OFFER.formatted("MD5") + ", stale=TRUE"), 2))
                .isFalse();
    }
}
