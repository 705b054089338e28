package dev.affray.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.affray.camera.Site;
import dev.affray.cloud.alerting.Alert;
import dev.affray.cloud.alerting.Channel;
import dev.affray.cloud.alerting.Group;
import dev.affray.cloud.alerting.Pictures;
import dev.affray.cloud.alerting.mail.MailPublisher;
import dev.affray.cloud.alerting.webhook.Webhooks;
import dev.affray.cloud.local.Recipients.Audience;
import dev.affray.cloud.local.Recipients.Webhook;
import dev.affray.cloud.local.mail.Inbox;
import dev.affray.cloud.local.mail.MailSummary;
import dev.affray.cloud.local.mail.SmtpPublisher;
import dev.affray.cloud.local.mail.SmtpRelay;
import dev.affray.cloud.state.Step;
import dev.affray.frame.CameraId;
import dev.affray.frame.Line;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import dev.affray.incident.Severity;
import dev.affray.recipient.Filter;
import dev.affray.recipient.Recipient;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a list of recipients to what arrives, over SMTP and HTTP. */
class LocalChannelsTest {
    private static final Instant OPENED = Instant.parse("2026-07-01T20:14:05Z");
    private static final Clock NOW = Clock.fixed(OPENED.plusSeconds(4), ZoneOffset.UTC);
    private static final Filter SEVERE = new Filter(List.of(), List.of(), List.of(), Severity.HIGH);
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "AFFRAY_WEBHOOK_SECRET", "whsec_" + Base64.getEncoder().encodeToString(new byte[24]),
            "SIREN_SECRET",
                    "whsec_"
                            + Base64.getEncoder()
                                    .encodeToString("sirens are loud, not shy".getBytes(StandardCharsets.UTF_8)));

    private final Queue<String> posted = new ConcurrentLinkedQueue<>();
    private HttpServer programs;
    private Inbox inbox;
    private Pictures pictures;
    private Webhooks webhooks;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        inbox = Inbox.start(folder, 0, 10, Clock.systemUTC());
        pictures = new Pictures(_ -> Optional.empty());
        webhooks = new Webhooks(message -> "{\"alert\":\"" + message.id() + "\"}", NOW);
        programs = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        programs.createContext("/", exchange -> {
            posted.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("webhook-signature"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        programs.start();
    }

    @AfterEach
    void close() {
        programs.stop(0);
        webhooks.close();
        pictures.close();
        inbox.close();
    }

    @Test
    void eachGetsAMailOfTheirOwn_asTheirFilterSays() throws Exception {
        Recipients recipients = recipients(new Audience(
                List.of(new Recipient("guard@example.org", Filter.ALL), new Recipient("head@example.org", SEVERE)),
                List.of()));

        publishAll(recipients, Severity.NORMAL);
        assertThat(inbox.list()).extracting(MailSummary::to).containsExactly("guard@example.org");

        publishAll(recipients, Severity.HIGH);
        assertThat(inbox.list())
                .extracting(MailSummary::to)
                .containsExactlyInAnyOrder("guard@example.org", "guard@example.org", "head@example.org");
    }

    @Test
    void eachProgramHasTheSecretThatItsEntryNames() throws Exception {
        publishAll(
                recipients(new Audience(
                        List.of(),
                        List.of(
                                new Webhook(url("/cases"), false, "AFFRAY_WEBHOOK_SECRET", Filter.ALL),
                                new Webhook(url("/siren"), false, "SIREN_SECRET", Filter.ALL)))),
                Severity.NORMAL);

        // By openssl, of 0123456789ab-opened.1782936849.{"alert":"0123456789ab-opened"}
        assertThat(posted)
                .containsExactlyInAnyOrder(
                        "/cases v1,36MbPs4tVq2MEVuDXuvGdkwFqya6iildkor/mPdThNM=",
                        "/siren v1,1lunnPp5B4033t/aRtpOaydMp8ZiHz7faHTT+HmCkk0=");
    }

    @Test
    void theGroupsOfTheListAreThoseOfTheChannels() {
        Audience guard = new Audience(List.of(new Recipient("guard@example.org", Filter.ALL)), List.of());
        Audience head = new Audience(List.of(new Recipient("head@example.org", Filter.ALL)), List.of());
        assertThat(channels(new Recipients(guard, head, Duration.ofMinutes(5), guard)))
                .extracting(Channel::groups)
                .containsExactly(Set.of(Group.ALERTS, Group.OPERATIONS), Set.of(Group.ESCALATION));
    }

    private void publishAll(Recipients recipients, Severity severity) throws Exception {
        for (Channel channel : channels(recipients)) {
            channel.publisher().publish(alert(severity));
        }
    }

    private List<Channel> channels(Recipients recipients) {
        SmtpPublisher smtp =
                new SmtpPublisher(SmtpRelay.plain("127.0.0.1", inbox.port()), "alerts@affray.example", NOW);
        return LocalChannels.of(
                recipients, address -> new MailPublisher(smtp, address, pictures), webhooks, ENVIRONMENT);
    }

    private static Recipients recipients(Audience alerts) {
        return new Recipients(alerts, Audience.NOBODY, Recipients.ESCALATE_AFTER, Audience.NOBODY);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + programs.getAddress().getPort() + path;
    }

    private static Alert alert(Severity severity) {
        Incident incident = new Incident(
                "0123456789ab",
                1,
                new CameraId("this-machine", "door"),
                IncidentKind.FIGHT,
                Line.LIVE,
                OPENED,
                OPENED.plusSeconds(3),
                null,
                90,
                severity,
                List.of(),
                OPENED,
                null,
                null,
                null,
                null);
        return new Alert(
                Step.OPENED,
                incident,
                "Front door",
                new Site("Lincoln School", ZoneOffset.UTC),
                false,
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
