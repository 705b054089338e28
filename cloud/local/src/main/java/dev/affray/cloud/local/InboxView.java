package dev.affray.cloud.local;

import dev.affray.cloud.local.mail.Inbox;
import dev.affray.cloud.local.mail.MailSummary;
import dev.affray.cloud.local.mail.ParsedMail;
import dev.affray.cloud.local.web.InboxPages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The inbox as the page shows it. */
record InboxView(Inbox inbox) implements InboxPages {
    private static final int SHOWN = 100;

    @Override
    public List<Heading> list() {
        return inbox.list().stream().limit(SHOWN).map(InboxView::heading).toList();
    }

    @Override
    public Optional<Mail> read(String id) {
        try {
            return inbox.read(id).map(InboxView::mail);
        } catch (IOException e) {
            throw new UncheckedIOException("mail " + id + " cannot be read", e);
        }
    }

    private static Heading heading(MailSummary mail) {
        return new Heading(mail.id(), mail.from(), mail.to(), mail.subject(), mail.date());
    }

    private static Mail mail(ParsedMail mail) {
        Map<String, Image> images = new HashMap<>();
        for (ParsedMail.Attachment part : mail.parts()) {
            if (!part.contentId().isEmpty()) {
                images.put(part.contentId(), new Image(part.type(), part.bytes()));
            }
        }
        return new Mail(heading(mail.summary()), mail.text(), mail.html().isEmpty() ? null : mail.html(), images);
    }
}
