package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EncounterTest {
    private final Encounter encounter = new Encounter();

    @Test
    void knowsNothing_beforeAnythingAnswered() {
        assertThat(encounter.access().answered()).isFalse();
        assertThat(encounter.access().audio()).isNull();
    }

    @Test
    void namesEveryWayToSignIn_withoutItsNonce() {
        encounter.challenged(List.of("Digest realm=\"Yard\", nonce=\"abc\", algorithm=SHA-256, Basic realm=\"Yard\""));

        assertThat(encounter.access().logins())
                .containsExactly("Digest, realm \"Yard\", SHA-256", "Basic, realm \"Yard\"");
    }

    @Test
    void showsNothingThatSteersATerminal_orFillsIt() {
        encounter.challenged(List.of("Basic realm=\"\u001b[2J\u0007" + "x".repeat(5_000) + "\""));

        assertThat(encounter.access().logins().getFirst())
                .startsWith("Basic, realm \"?[2J?xxx")
                .hasSizeLessThan(220);
    }

    @Test
    void readsSoundAndTransport_offTheAnswersOfAnRtspCamera() {
        encounter.described("v=0\r\nm=video 0 RTP/AVP 96\r\nm=audio 0 RTP/AVP 0\r\n");
        encounter.setUp("RTP/AVP;unicast;client_port=5000-5001");
        assertThat(encounter.access().audio()).isTrue();
        assertThat(encounter.access().transport()).isEqualTo("UDP");

        encounter.described("v=0\r\nm=video 0 RTP/AVP 96\r\n");
        encounter.setUp("RTP/AVP/TCP;unicast;interleaved=0-1");
        assertThat(encounter.access().audio()).isFalse();
        assertThat(encounter.access().transport()).isEqualTo("TCP");
    }
}
