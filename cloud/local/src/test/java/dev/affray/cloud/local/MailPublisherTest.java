package dev.affray.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.camera.Language;
import dev.affray.camera.Site;
import dev.affray.cloud.alerting.Alert;
import dev.affray.cloud.alerting.Digest;
import dev.affray.cloud.alerting.Pictures;
import dev.affray.cloud.alerting.mail.MailPublisher;
import dev.affray.cloud.local.mail.Inbox;
import dev.affray.cloud.local.mail.ParsedMail;
import dev.affray.cloud.local.mail.SmtpPublisher;
import dev.affray.cloud.local.mail.SmtpRelay;
import dev.affray.cloud.state.Step;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import dev.affray.incident.BestFrame;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import dev.affray.incident.Severity;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mails as they arrive. */
class MailPublisherTest {
    private static final CameraId DOOR = new CameraId("gateway-1", "door");
    private static final Instant OPENED = Instant.parse("2026-07-01T20:14:05Z");
    private static final Optional<URI> PAGE = Optional.of(URI.create("https://affray.example/i/abc"));

    @TempDir
    Path folder;

    @Test
    void aMailShowsItsPicturesInTheOrderOfCapture_withoutThoseThatCannotBeRead() throws Exception {
        try (Inbox inbox = Inbox.start(folder, 0, 10, Clock.systemUTC());
                Pictures pictures = pictures()) {
            MailPublisher publisher = publisher(inbox, pictures);
            publisher.publish(alert(Step.OPENED, PAGE));
            ParsedMail mail = mail(inbox);

            assertThat(mail.summary().subject()).isEqualTo("Posible pelea: Patio, Escuela José Martí, 22:14:05 CEST");
            assertThat(mail.parts())
                    .extracting(ParsedMail.Attachment::contentId)
                    .containsExactly("frame-0", "frame-1");
            assertThat(mail.parts())
                    .extracting(part -> new String(part.bytes(), StandardCharsets.UTF_8))
                    .containsExactly("jpeg 1", "jpeg 3");
            assertThat(mail.html()).contains("cid:frame-1", "1 imagen más").doesNotContain("cid:frame-2");
            assertThat(mail.text()).contains(PAGE.get().toString());
        }
    }

    @Test
    void laterMailsOfAnIncidentBelongToTheThreadOfTheFirst() throws Exception {
        try (Inbox inbox = Inbox.start(folder, 0, 10, Clock.systemUTC());
                Pictures pictures = pictures()) {
            MailPublisher publisher = publisher(inbox, pictures);
            String first = publisher.publish(alert(Step.OPENED, PAGE));
            assertThat(first).isEqualTo("<0123456789ab-opened@affray.example>");
            assertThat(raw(inbox)).contains("X-Priority: 1").doesNotContain("In-Reply-To");
            publisher.publish(alert(Step.CLOSED, PAGE));

            assertThat(raw(inbox))
                    .contains("In-Reply-To: " + first, "References: " + first)
                    .contains("Message-ID: <0123456789ab-closed@affray.example>")
                    .doesNotContain("X-Priority");
        }
    }

    @Test
    void aDigestLinksEachOfItsAlerts_andHasNoPictures() throws Exception {
        try (Inbox inbox = Inbox.start(folder, 0, 10, Clock.systemUTC());
                Pictures pictures = pictures()) {
            MailPublisher publisher = publisher(inbox, pictures);
            publisher.publish(new Digest(List.of(alert(Step.OPENED, PAGE), alert(Step.CLOSED, Optional.empty()))));
            ParsedMail mail = mail(inbox);

            assertThat(mail.summary().subject()).startsWith("2 avisos retenidos: ");
            assertThat(mail.text()).contains(PAGE.get().toString());
            assertThat(mail.parts()).isEmpty();
        }
    }

    private static MailPublisher publisher(Inbox inbox, Pictures pictures) {
        SmtpPublisher smtp = new SmtpPublisher(
                SmtpRelay.plain("127.0.0.1", inbox.port()), "alerts@affray.example", Clock.systemUTC());
        return new MailPublisher(smtp, "guard@example.org", pictures);
    }

    private static Pictures pictures() {
        return new Pictures(key -> {
            long sequence = FrameKey.parse(key).frame().sequence();
            return sequence == 2
                    ? Optional.empty()
                    : Optional.of(("jpeg " + sequence).getBytes(StandardCharsets.UTF_8));
        });
    }

    private static Alert alert(Step step, Optional<URI> page) {
        Incident incident = new Incident(
                "0123456789ab",
                1,
                DOOR,
                IncidentKind.FIGHT,
                Line.LIVE,
                OPENED,
                OPENED.plusSeconds(3),
                null,
                90,
                Severity.NORMAL,
                List.of(frame(3, 90), frame(1, 80), frame(2, 70)),
                OPENED,
                null,
                null,
                null,
                null);
        Site site = new Site("Escuela José Martí", ZoneId.of("Europe/Madrid"), Language.SPANISH);
        return new Alert(step, incident, "Patio", site, false, true, Optional.empty(), Optional.empty(), page);
    }

    private static BestFrame frame(int sequence, double confidence) {
        Frame frame = new Frame(DOOR, OPENED.plusSeconds(sequence), sequence, OptionalInt.of(50));
        return new BestFrame(new FrameKey(Line.LIVE, frame).format(), confidence);
    }

    private static ParsedMail mail(Inbox inbox) throws Exception {
        return inbox.read(inbox.list().getFirst().id()).orElseThrow();
    }

    private String raw(Inbox inbox) throws Exception {
        return Files.readString(folder.resolve(inbox.list().getFirst().id() + ".eml"));
    }
}
