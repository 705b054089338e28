package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.agent.capture.CaptureSource.Login;
import dev.affray.agent.capture.CaptureSource.Stream;
import dev.affray.camera.Source.Transport;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenOptionsTest {
    private static final Login LOGIN = new Login("ann", "a b:c@d/e%?#");

    @Test
    void hidesSecretsInAnyForm() {
        Stream stream = new Stream(URI.create("rtsp://cam.example/a?token=xyzzy"), Transport.TCP, Optional.of(LOGIN));
        Secrets.know(stream);
        try {
            assertThat(Secrets.hide("open rtsp://bob:pw@host/x?token=xyzzy failed: " + LOGIN.password()
                            + " YW5uOmEgYjpjQGQvZSU/Iw=="))
                    .isEqualTo("open rtsp://***@host/x?*** failed: *** ***");
        } finally {
            Secrets.forget(stream);
        }
        assertThat(Secrets.hide("token=xyzzy")).isEqualTo("token=xyzzy");
    }

    @Test
    void saysARepeatedLineOnceAMinute_andHowOftenItWasHeldBack() {
        Repeats repeats = new Repeats();
        assertThat(repeats.say("camera 1", "error at 12", 0)).contains("camera 1: error at 12");
        assertThat(repeats.say("camera 1", "error at 13", 1_000)).isEmpty();
        assertThat(repeats.say("camera 2", "error at 13", 1_000)).isPresent();
        assertThat(repeats.say("camera 1", "another", 1_000)).contains("camera 1: another");
        assertThat(repeats.say("camera 1", "error at 14", 61_000_000_000L))
                .contains("camera 1: error at 14 (and 1 more like it)");
    }
}
