package dev.affray.cloud.alerting.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.affray.cloud.alerting.AlertDocument;
import dev.affray.cloud.alerting.Alerts;
import dev.affray.cloud.alerting.Publisher.PublishException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The receiver of the README, run as it stands there. */
class ReceiverExampleTest {
    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
    private static final String OTHER =
            "whsec_" + Base64.getEncoder().encodeToString("another one of enough bytes".getBytes(UTF_8));

    @TempDir
    Path folder;

    @Test
    void takesWhatWeSign_andNothingElse() throws Exception {
        Path program = Files.writeString(folder.resolve("receiver.py"), example());
        ProcessBuilder python = new ProcessBuilder("python3", program.toString(), "0").redirectErrorStream(true);
        python.environment().put("AFFRAY_WEBHOOK_SECRET", SECRET);
        Process receiver = start(python);
        try (BufferedReader says = receiver.inputReader();
                Webhooks webhooks = new Webhooks(AlertDocument::of, Clock.systemUTC());
                Webhooks late =
                        new Webhooks(AlertDocument::of, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-6)))) {
            WebhookTarget target = WebhookTarget.of("http://127.0.0.1:" + says.readLine() + "/", false);

            assertThat(webhooks.to(target, WebhookSecret.of(SECRET)).publish(Alerts.named("Tür 3", "Lincoln School")))
                    .isEqualTo("HTTP 204");
            assertThat(waitForPost(says)).isEqualTo("OPENED 0123456789ab-opened");
            assertThatThrownBy(
                            () -> webhooks.to(target, WebhookSecret.of(OTHER)).publish(Alerts.named("a", "b")))
                    .isInstanceOf(PublishException.class)
                    .hasMessageContaining("401");
            assertThatThrownBy(() -> late.to(target, WebhookSecret.of(SECRET)).publish(Alerts.named("a", "b")))
                    .isInstanceOf(PublishException.class)
                    .hasMessageContaining("401");
        } finally {
            receiver.destroyForcibly();
        }
    }

    /** Python's server logs each request as well. */
    private static String waitForPost(BufferedReader says) throws IOException {
        String line = says.readLine();
        while (line != null && !line.startsWith("OPENED")) {
            line = says.readLine();
        }
        return String.valueOf(line);
    }

    private static Process start(ProcessBuilder python) {
        try {
            return python.start();
        } catch (IOException e) {
            assumeTrue(false, "there is no python3 here");
            throw new IllegalStateException(e);
        }
    }

    private static String example() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        int begin = readme.indexOf("```python\n") + "```python\n".length();
        return readme.substring(begin, readme.indexOf("```", begin));
    }
}
