package dev.affray.cloud.alerting.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.affray.cloud.alerting.AlertDocument;
import dev.affray.cloud.alerting.Alerts;
import dev.affray.cloud.alerting.Message;
import dev.affray.cloud.alerting.Publisher;
import dev.affray.cloud.alerting.Publisher.PublishException;
import dev.affray.cloud.alerting.Publisher.Reason;
import dev.affray.cloud.alerting.SettableClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {
    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
    private static final Message ALERT = Alerts.named("Tür 3", "Lincoln School");
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-07-01T20:14:09.750Z"));
    private Receiver receiver;
    private Webhooks webhooks;

    @BeforeEach
    void begin() throws Exception {
        receiver = Receiver.plain();
        webhooks = waiting(LONG);
    }

    @AfterEach
    void end() {
        webhooks.close();
        receiver.close();
    }

    @Test
    void postsTheDocument_signedAsStandardWebhooksSays() throws Exception {
        assertThat(publisher(receiver.url("/hooks/7f3a?x=1")).publish(ALERT)).isEqualTo("HTTP 204");

        Receiver.Request request = receiver.last();
        assertThat(request).isNotNull();
        assertThat(request.path()).isEqualTo("/hooks/7f3a?x=1");
        assertThat(request.body()).isEqualTo(AlertDocument.of(ALERT)).contains("Tür 3");
        assertThat(request.header("content-type")).isEqualTo("application/json");
        assertThat(request.header("webhook-id")).isEqualTo("0123456789ab-opened");
        assertThat(request.header("webhook-timestamp")).isEqualTo("1782936849");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
        byte[] signed =
                mac.doFinal(("0123456789ab-opened.1782936849." + request.body()).getBytes(StandardCharsets.UTF_8));
        assertThat(request.header("webhook-signature"))
                .isEqualTo("v1," + Base64.getEncoder().encodeToString(signed));
    }

    /** The example of the specification's own libraries. */
    @Test
    void signsAsOthersDo() {
        assertThat(WebhookSecret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                        .sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void everyTryHasTheSameId_andItsOwnTime() throws Exception {
        Publisher publisher = publisher(receiver.url("/"));
        publisher.publish(ALERT);
        clock.advance(Duration.ofSeconds(60));
        publisher.publish(ALERT);
        assertThat(receiver.taken())
                .extracting(r -> r.header("webhook-id") + " " + r.header("webhook-timestamp"))
                .containsExactly("0123456789ab-opened 1782936849", "0123456789ab-opened 1782936909");
    }

    @ParameterizedTest
    @CsvSource({
        "400, UNFIT",
        "401, UNFIT",
        "404, UNFIT",
        "413, UNFIT",
        "408, UNAVAILABLE",
        "429, UNAVAILABLE",
        "500, UNAVAILABLE",
        "503, UNAVAILABLE",
        "302, UNAVAILABLE",
    })
    void aRefusalSaysWhatItMeansForTheNextTry(int status, Reason reason) {
        receiver.answering(Receiver.status(status, "location", receiver.url("/elsewhere")));
        PublishException refused = refused(publisher(receiver.url("/hooks/hunter2")));
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused).hasMessageContaining("answered " + status).hasMessageContaining("127.0.0.1");
        assertThat(all(refused)).doesNotContain("hunter2").doesNotContain("elsewhere");
        assertThat(receiver.taken()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "30, 30",
        "7200, 60",
        "'Wed, 1 Jul 2026 20:14:29 GMT', 19",
        "'Wed, 1 Jul 2026 20:00:00 GMT', 0",
        "soon, 0",
        "-5, 0",
    })
    void whoAsksToBeLeftAloneIs_forAMinuteAtMost(String asked, int seconds) throws Exception {
        Publisher publisher = publisher(receiver.url("/"));
        receiver.answering(Receiver.status(503, "retry-after", asked));
        assertThat(refused(publisher).reason()).isEqualTo(Reason.UNAVAILABLE);
        receiver.answering(Receiver.status(200));
        if (seconds > 0) {
            clock.advance(Duration.ofSeconds(seconds - 1));
            assertThat(refused(publisher)).hasMessageContaining("asked to be left alone");
            assertThat(receiver.taken()).hasSize(1);
            clock.advance(Duration.ofSeconds(2));
        }
        assertThat(publisher.publish(ALERT)).isEqualTo("HTTP 200");
    }

    @Test
    void whatIsGoneForGoodIsGivenUp_andTheReceiptSaysSo() throws Exception {
        Publisher publisher = publisher(receiver.url("/"));
        receiver.answering(Receiver.status(410));
        assertThat(publisher.publish(ALERT)).isEqualTo("given up: 410 Gone");
        assertThat(publisher.publish(ALERT)).isEqualTo("given up: 410 Gone");
        assertThat(receiver.taken()).hasSize(1);
    }

    @Test
    void aBodyThatNeverEndsIsNotWaitedFor() throws Exception {
        receiver.answering(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[100]);
            exchange.getResponseBody().flush();
            pause();
        });
        assertThat(publisher(receiver.url("/")).publish(ALERT)).isEqualTo("HTTP 200");
    }

    @Test
    void whoNeverAnswersMayHaveTakenIt() throws Exception {
        receiver.answering(_ -> pause());
        PublishException refused = hasty(receiver.url("/hunter2"));
        assertThat(refused.reason()).isEqualTo(Reason.UNANSWERED);
        assertThat(all(refused)).doesNotContain("hunter2");
    }

    @Test
    void whoDripsItsAnswerIsNotWaitedForEither() throws Exception {
        try (ServerSocket dripping = new ServerSocket(0)) {
            Thread.ofVirtual().start(() -> drip(dripping));
            PublishException refused = hasty("http://127.0.0.1:" + dripping.getLocalPort() + "/");
            assertThat(refused.reason()).isEqualTo(Reason.UNANSWERED);
        }
    }

    @Test
    void whoIsNotThereSurelyHasNotTakenIt() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        PublishException refused = refused(publisher("http://127.0.0.1:" + port + "/hunter2"));
        assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(refused).hasMessageContaining("webhook 127.0.0.1:" + port + " cannot be reached");
        assertThat(all(refused)).doesNotContain("hunter2");
    }

    @Test
    void tlsIsSpokenWithWhomIsTrusted_andWithNobodyElse() throws Exception {
        TestCertificates certificates = TestCertificates.create();
        try (Receiver secured = Receiver.tls(certificates.identity());
                Webhooks trusting = Webhooks.trusting(certificates.trust(), LONG, LONG, AlertDocument::of, clock);
                Webhooks others = waiting(LONG)) {
            WebhookTarget target = WebhookTarget.of(secured.url("/"), false);
            assertThat(trusting.to(target, WebhookSecret.of(SECRET)).publish(ALERT))
                    .isEqualTo("HTTP 204");
            PublishException refused = refused(others.to(target, WebhookSecret.of(SECRET)));
            assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(refused).hasMessageContaining("SSLHandshakeException");
            assertThat(secured.taken()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://alarms.example.org/hunter2",
                "alarms.example.org/hunter2",
                "https:///hunter2",
                "https://user:hunter2@alarms.example.org/",
                "https://alarms.example.org/#hunter2",
                "http://alarms.example.org/hunter2",
                "http://127.0.0.1.example.org/hunter2",
                "https://alarms.example.org/hunter2 x",
            })
    void aUrlThatCannotBeMeantIsRefused_withoutRepeatingIt(String url) {
        assertThatThrownBy(() -> WebhookTarget.of(url, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void httpIsForThisMachine_orWhereItIsSaidInSoManyWords() {
        assertThat(WebhookTarget.of("http://localhost:8000/x", false)).hasToString("localhost:8000");
        assertThat(WebhookTarget.of("http://[::1]/x", false)).hasToString("[::1]");
        assertThat(WebhookTarget.of("http://192.0.2.7/x", true)).hasToString("192.0.2.7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hunter2",
                "whsec_",
                "whsec_aHVudGVyMg==",
                "whsec_hunter2!",
                "whsec_hunter2hunter2hunter2hunter2hunter2?"
            })
    void aSecretThatIsNoneIsRefused_withoutRepeatingIt(String text) {
        assertThatThrownBy(() -> WebhookSecret.of(text))
                .hasMessageContaining("whsec_$(openssl rand -base64 32)")
                .hasMessageNotContaining("hunter2");
        assertThat(WebhookSecret.of(SECRET)).hasToString("whsec_...");
    }

    private Publisher publisher(String url) {
        return webhooks.to(WebhookTarget.of(url, false), WebhookSecret.of(SECRET));
    }

    /** What comes of one that is not waited for as long. */
    private PublishException hasty(String url) throws Exception {
        try (Webhooks hasty = waiting(SHORT)) {
            return refused(hasty.to(WebhookTarget.of(url, false), WebhookSecret.of(SECRET)));
        }
    }

    private Webhooks waiting(Duration atMost) throws Exception {
        return Webhooks.trusting(SSLContext.getDefault(), LONG, atMost, AlertDocument::of, clock);
    }

    private static PublishException refused(Publisher publisher) {
        return catchThrowableOfType(PublishException.class, () -> publisher.publish(ALERT));
    }

    private static String all(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void drip(ServerSocket server) {
        try (var socket = server.accept()) {
            for (byte letter :
                    "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nx-drip: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                            .getBytes(StandardCharsets.US_ASCII)) {
                socket.getOutputStream().write(letter);
                socket.getOutputStream().flush();
                Thread.sleep(50);
            }
        } catch (java.io.IOException e) {
            // The other side had enough.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
