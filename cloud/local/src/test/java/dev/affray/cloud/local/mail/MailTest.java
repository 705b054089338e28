package dev.affray.cloud.local.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affray.cloud.alerting.Publisher.PublishException;
import dev.affray.cloud.alerting.mail.InlineImage;
import dev.affray.cloud.alerting.mail.OutgoingMail;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Scanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-21T12:00:00.250Z"), ZoneOffset.UTC);
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, 0, 13, 10, '.', 13, 10, (byte) 0xff, (byte) 0xd9};

    @TempDir
    Path folder;

    @Test
    void deliversAnAlertWithItsPictures() throws Exception {
        try (Inbox inbox = Inbox.start(folder, 0, 10, NOON)) {
            String id = publisher(inbox.port())
                    .send(mail("i-1.opened", "Possible fight: Tür 3 – Süd ⚠"), "guard@example.org");
            assertThat(id).isEqualTo("<i-1.opened@affray.example>");
            MailSummary summary = inbox.list().getFirst();
            assertThat(summary.id()).isEqualTo("20261121T120000250-000001");
            assertThat(summary.from()).isEqualTo("Affray <alerts@affray.example>");
            assertThat(summary.to()).isEqualTo("guard@example.org");
            assertThat(summary.subject()).isEqualTo("Possible fight: Tür 3 – Süd ⚠");
            assertThat(summary.date()).isEqualTo("2026-11-21T12:00:00Z");
            assertThat(summary.bytes()).isPositive();
            ParsedMail parsed = inbox.read(summary.id()).orElseThrow();
            assertThat(parsed.text()).isEqualTo("A fight, maybe.\n.\nLook: ä");
            assertThat(parsed.html()).isEqualTo("<p>ä <img src=\"cid:frame-1\"></p>");
            assertThat(parsed.parts()).hasSize(1);
            ParsedMail.Attachment image = parsed.parts().getFirst();
            assertThat(image.contentId()).isEqualTo("frame-1");
            assertThat(image.fileName()).isEqualTo("frame-1.jpg");
            assertThat(image.type()).isEqualTo("image/jpeg");
            assertThat(image.bytes()).isEqualTo(JPEG);
            assertThat(Files.readString(folder.resolve(summary.id() + ".eml")))
                    .contains("Message-ID: " + id, "Auto-Submitted: auto-generated", "X-Priority: 1")
                    .contains("multipart/related", "multipart/alternative");
        }
    }

    @Test
    void letsNoCameraNameBecomeAHeader() throws Exception {
        try (Inbox inbox = Inbox.start(folder, 0, 10, NOON)) {
            publisher(inbox.port())
                    .send(mail("i-2", "Door\r\nBcc: everybody@example.org\r\n\r\n<script>"), "guard@example.org");
            MailSummary summary = inbox.list().getFirst();
            assertThat(summary.subject()).isEqualTo("Door Bcc: everybody@example.org <script>");
            assertThat(Files.readAllLines(folder.resolve(summary.id() + ".eml")))
                    .noneMatch(line -> line.startsWith("Bcc"));
        }
        assertThatThrownBy(() -> mail("i\r\nBcc: x", "s")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OutgoingMail("i", "s", "t", "h", List.of(), Optional.of("i>\r\nBcc: x"), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("thread");
        assertThatThrownBy(() -> new InlineImage("a>\r\nX: y", "a.jpg", JPEG))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsTheNewestMails_alsoThoseOfEarlierRuns() throws Exception {
        try (Inbox inbox = Inbox.start(folder, 0, 3, NOON)) {
            publisher(inbox.port()).send(mail("i-1", "one"), "guard@example.org");
            publisher(inbox.port()).send(mail("i-2", "two"), "guard@example.org");
        }
        Files.writeString(folder.resolve("half.tmp"), "Subject: half");
        Files.writeString(folder.resolve("note.txt"), "not a mail");
        Clock later = Clock.offset(NOON, java.time.Duration.ofMinutes(1));
        try (Inbox inbox = Inbox.start(folder, 0, 3, later)) {
            assertThat(inbox.list()).extracting(MailSummary::subject).containsExactly("two", "one");
            publisher(inbox.port()).send(mail("i-3", "three"), "guard@example.org");
            publisher(inbox.port()).send(mail("i-4", "four"), "guard@example.org");
            assertThat(inbox.list()).extracting(MailSummary::subject).containsExactly("four", "three", "two");
            assertThat(inbox.evicted()).isEqualTo(1);
            assertThat(folder.resolve("half.tmp")).doesNotExist();
            assertThat(folder.resolve("note.txt")).exists();
        }
    }

    @Test
    void readsNothingOutsideItsFolder() throws Exception {
        Path inside = Files.createDirectories(folder.resolve("inbox"));
        Files.writeString(folder.resolve("20261121T120000250-000001.eml"), "Subject: secret\r\n\r\nx");
        try (Inbox inbox = Inbox.start(inside, 0, 3, NOON)) {
            assertThat(inbox.read("../20261121T120000250-000001")).isEmpty();
            assertThat(inbox.read("20261121T120000250-000001")).isEmpty();
            assertThat(inbox.read("")).isEmpty();
        }
    }

    @Test
    void takesABrokenMail() throws Exception {
        try (Inbox inbox = Inbox.start(folder, 0, 3, NOON)) {
            assertThat(talk(inbox.port(), "Content-Type: multipart/nonsense; boundary\r\nDate: never\r\n\r\nhm"))
                    .startsWith("250");
            MailSummary summary = inbox.list().getFirst();
            assertThat(summary.subject()).isEmpty();
            assertThat(inbox.read(summary.id()).orElseThrow().parts())
                    .singleElement()
                    .satisfies(part -> assertThat(part.bytes()).startsWith('h', 'm'));
        }
    }

    @Test
    void leavesAMailItCannotKeepToItsSender() throws Exception {
        Path gone = folder.resolve("inbox");
        try (Inbox inbox = Inbox.start(gone, 0, 3, NOON)) {
            Files.delete(gone);
            assertThatThrownBy(() -> publisher(inbox.port()).send(mail("i-1", "one"), "guard@example.org"))
                    .isInstanceOf(PublishException.class)
                    .hasMessageContaining("451");
            Files.createDirectory(gone);
            publisher(inbox.port()).send(mail("i-1", "one"), "guard@example.org");
            assertThat(inbox.list()).hasSize(1);
        }
    }

    @Test
    void saysWhyAMailCouldNotBeSent_withoutCredentials() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThatThrownBy(() -> publisher(port).send(mail("i-1", "one"), "guard@example.org"))
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("refused");
        try (Inbox inbox = Inbox.start(folder, 0, 3, NOON)) {
            SmtpRelay relay = new SmtpRelay(
                    "127.0.0.1",
                    inbox.port(),
                    SmtpRelay.Security.STARTTLS,
                    Optional.of(new SmtpRelay.Login("affray", "hunter2")));
            SmtpPublisher publisher = new SmtpPublisher(relay, "a@affray.example", NOON);
            assertThatThrownBy(() -> publisher.send(mail("i-1", "one"), "guard@example.org"))
                    .isInstanceOf(PublishException.class)
                    .hasMessageContaining("STARTTLS")
                    .hasMessageNotContaining("hunter2");
            assertThat(relay.toString()).doesNotContain("hunter2");
        }
        assertThatThrownBy(() -> new SmtpPublisher(SmtpRelay.plain("h", 25), "nobody", NOON))
                .hasMessageContaining("from: 'nobody'");
    }

    private static SmtpPublisher publisher(int port) {
        return new SmtpPublisher(SmtpRelay.plain("127.0.0.1", port), "Affray <alerts@affray.example>", NOON);
    }

    private static OutgoingMail mail(String id, String subject) {
        return new OutgoingMail(
                id,
                subject,
                "A fight, maybe.\n.\nLook: ä",
                "<p>ä <img src=\"cid:frame-1\"></p>",
                List.of(new InlineImage("frame-1", "frame-1.jpg", JPEG)),
                Optional.empty(),
                true);
    }

    private static String talk(int port, String message) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port);
                Scanner answers = new Scanner(socket.getInputStream(), StandardCharsets.US_ASCII);
                PrintStream out = new PrintStream(socket.getOutputStream(), true, StandardCharsets.US_ASCII)) {
            answers.nextLine();
            for (String command : List.of("HELO x", "MAIL FROM:<a@b.example>", "RCPT TO:<c@d.example>", "DATA")) {
                out.print(command + "\r\n");
                out.flush();
                answers.nextLine();
            }
            out.print(message + "\r\n.\r\n");
            out.flush();
            return answers.nextLine();
        }
    }
}
