package dev.affray.cloud.alerting.ses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.affray.cloud.alerting.Alert;
import dev.affray.cloud.alerting.Alerts;
import dev.affray.cloud.alerting.Pictures;
import dev.affray.cloud.alerting.Publisher.PublishException;
import dev.affray.cloud.alerting.Publisher.Reason;
import dev.affray.cloud.alerting.mail.MailPublisher;
import dev.affray.cloud.state.Step;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ses.SesClient;

class SesTest {
    private SesStandIn ses;
    private Pictures pictures;

    @BeforeEach
    void open() throws Exception {
        ses = new SesStandIn();
        pictures = new Pictures(key -> Optional.of(new byte[] {(byte) 0xff, (byte) 0xd8, 7}));
    }

    @AfterEach
    void close() {
        pictures.close();
        ses.close();
    }

    @Test
    void sendsTheSameMailAsSmtp_withItsPictures_toOneAddress() throws Exception {
        assertThat(publisher(Duration.ofSeconds(10)).publish(fight(Step.OPENED)))
                .isEqualTo("mail-1");

        Map<String, String> request = ses.asked().getFirst();
        assertThat(request)
                .containsEntry("Action", "SendRawEmail")
                .containsEntry("Source", "alerts@school.example")
                .containsEntry("Destinations.member.1", "guard@example.org")
                .doesNotContainKey("Destinations.member.2");
        MimeMessage mail = mail(request);
        assertThat(mail.getHeader("To", null)).isEqualTo("guard@example.org");
        assertThat(mail.getSubject()).startsWith("Possible fight: Front door, Lincoln School");
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getContentType()).startsWith("multipart/related");
        assertThat(parts.getCount())
                .isEqualTo(1 + fight(Step.OPENED).incident().bestFrames().size());
        assertThat(parts.getBodyPart(1).getContentType()).startsWith("image/jpeg");
        assertThat(parts.getBodyPart(1).getInputStream().readAllBytes()).containsExactly(0xff, 0xd8, 7);
    }

    @Test
    void everyMailNamesItsThread_alsoTheFirst_sinceSesGivesMailsIdsOfItsOwn() throws Exception {
        publisher(Duration.ofSeconds(10)).publish(fight(Step.OPENED));
        publisher(Duration.ofSeconds(10)).publish(fight(Step.RAISED));
        for (Map<String, String> request : ses.asked()) {
            assertThat(mail(request).getHeader("References", null)).isEqualTo("<0123456789ab-opened@school.example>");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, MessageRejected, Email address is not verified., UNFIT, does not take this message",
        "400, InvalidParameterValue, Missing final '@domain', UNFIT, does not take this message",
        "403, AccessDenied, User is not authorized, UNAVAILABLE, forbids to use identity alerts@school.example",
        "400, AccountSendingPausedException, paused, UNAVAILABLE, failed",
    })
    void aRefusalSaysWhatItMeansForTheNextTry(int status, String code, String words, Reason reason, String told) {
        PublishException refused = refused(new SesStandIn.Error(status, code, words), Duration.ofSeconds(10));
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused).hasMessageContaining("SES " + told).hasMessageContaining(code);
        assertThat(ses.asked()).hasSize(1);
    }

    @Test
    void whatIsThrottledIsTriedAgain_andThenGivenBack() {
        SesStandIn.Error throttled = new SesStandIn.Error(400, "Throttling", "Maximum sending rate exceeded.");
        ses.answering(throttled).answering(throttled);
        PublishException refused = refused(throttled, Duration.ofSeconds(10));
        assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(refused).hasMessageContaining("SES throttles");
        assertThat(ses.asked()).hasSize(3);
    }

    @Test
    void whatHasNoAnswerIsNotRepeatedHere() {
        PublishException refused = refused(new SesStandIn.Error(0, "", ""), Duration.ofMillis(600));
        assertThat(refused.reason()).isEqualTo(Reason.UNANSWERED);
        assertThat(ses.asked()).hasSize(1);
    }

    private PublishException refused(SesStandIn.Error error, Duration oneTry) {
        ses.answering(error);
        return catchThrowableOfType(
                PublishException.class, () -> publisher(oneTry).publish(fight(Step.OPENED)));
    }

    private MailPublisher publisher(Duration oneTry) {
        SesClient client = SesClients.configured(
                        SesClient.builder()
                                .endpointOverride(ses.endpoint())
                                .region(Region.EU_CENTRAL_1)
                                .credentialsProvider(
                                        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret"))),
                        oneTry,
                        Duration.ofSeconds(20))
                .build();
        SesPost post = new SesPost(client, "alerts@school.example", Clock.systemUTC());
        return new MailPublisher(post, "guard@example.org", pictures);
    }

    private static MimeMessage mail(Map<String, String> request) throws Exception {
        byte[] raw = Base64.getDecoder().decode(request.get("RawMessage.Data"));
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(raw));
    }

    private static Alert fight(Step step) {
        return Alerts.all().stream()
                .filter(alert ->
                        alert.step() == step && !alert.incident().kind().isCondition())
                .findFirst()
                .orElseThrow();
    }
}
