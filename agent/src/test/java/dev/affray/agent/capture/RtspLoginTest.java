package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.affray.agent.capture.CaptureSource.Login;
import dev.affray.camera.Source;
import dev.affray.health.CameraState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RtspLoginTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PASSWORD = "p@ss:w/rd &%C3";

    private final Captures captures = new Captures();

    @Test
    void signsIn_andShowsThePasswordNowhere() throws Exception {
        Login login = new Login("viewer", PASSWORD);
        String said = said(() -> {
            try (RtspServer server = RtspServer.start(Captures.sample(40), 0, "viewer", PASSWORD);
                    Camera camera = captures.camera(server.stream(Source.Transport.TCP, Optional.of(login)), 5)) {
                camera.start();
                await().atMost(PATIENCE).until(() -> captures.frames.size() > 2);
                assertThat(camera.status().toString()).doesNotContain(PASSWORD);
            }
        });
        assertThat(said).contains("streaming").doesNotContain(PASSWORD, Secrets.escaped(PASSWORD));
        assertThat(login.toString()).doesNotContain(PASSWORD);
    }

    @Test
    void saysToCheckTheSecret_andShowsItNowhere_whenItIsWrong() throws Exception {
        String wrong = PASSWORD + "-wrong";
        Login login = new Login("viewer", wrong);
        String said = said(() -> {
            try (RtspServer server = RtspServer.start(Captures.sample(40), 0, "viewer", PASSWORD);
                    Camera camera = captures.camera(server.stream(Source.Transport.TCP, Optional.of(login)), 5)) {
                camera.start();
                await().atMost(PATIENCE)
                        .until(() -> "401 unauthorized: check the secret"
                                .equals(camera.status().detail()));
                assertThat(camera.status().state()).isEqualTo(CameraState.RECONNECTING);
            }
        });
        assertThat(said).contains("401").doesNotContain(wrong, Secrets.escaped(wrong));
    }

    private interface Action {
        void run() throws Exception;
    }

    private static String said(Action action) throws Exception {
        PrintStream usual = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(usual);
        }
        return said.toString(StandardCharsets.UTF_8);
    }
}
