package dev.affray.cloud.alerting.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affray.cloud.function.Environment;
import dev.affray.recipient.Filter;
import dev.affray.recipient.Recipient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailsTest {
    @TempDir
    Path folder;

    @Test
    void whoGetsMailsIsInAFileBesideTheCode() throws Exception {
        Path file = Files.writeString(
                folder.resolve("recipients.json"), "{\"alerts\": {\"email\": [\"guard@example.org\"]}}");
        Environment environment = Environment.of(
                Map.of("MAIL_FROM", "alerts@school.example", "RECIPIENTS_FILE", file.toString(), "BUCKET", "frames"));

        Mails mails = Mails.of(environment).orElseThrow();

        environment.check();
        assertThat(mails.from()).isEqualTo("alerts@school.example");
        assertThat(mails.bucket()).isEqualTo("frames");
        assertThat(mails.recipients().alerts()).containsExactly(new Recipient("guard@example.org", Filter.ALL));
    }

    @Test
    void aFileThatIsWrongIsTold_withTheRestOfTheEnvironment() throws Exception {
        Path file = Files.writeString(folder.resolve("recipients.json"), "{\"alerts\": {\"email\": [\"guard\"]}}");
        Environment environment =
                Environment.of(Map.of("MAIL_FROM", "alerts@school.example", "RECIPIENTS_FILE", file.toString()));

        assertThat(Mails.of(environment)).isEmpty();
        assertThatThrownBy(environment::check)
                .hasMessageContaining("BUCKET is missing")
                .hasMessageContaining(
                        "RECIPIENTS_FILE " + file + " is wrong: [$.alerts.email[0]: is not a mail address]");
    }

    @Test
    void whereNobodySends_mailsGoBySns() {
        assertThat(Mails.of(Environment.of(Map.of()))).isEmpty();
    }
}
