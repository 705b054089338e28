package dev.affray.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.document.Json;
import dev.affray.document.Reading;
import dev.affray.incident.IncidentKind;
import dev.affray.incident.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailRecipientsTest {
    private static final MailRecipients ALL_KINDS = new MailRecipients(
            List.of(
                    new Recipient("guard@example.org", Filter.ALL),
                    new Recipient(
                            "head@example.org",
                            new Filter(
                                    List.of("Lincoln School", "Schule Ä"),
                                    List.of("gateway-1/door", "yard"),
                                    List.of(IncidentKind.FIGHT),
                                    Severity.HIGH))),
            List.of(),
            List.of(new Recipient(
                    "it@example.org",
                    new Filter(List.of(), List.of(), List.of(IncidentKind.CAMERA_OFFLINE), Severity.NORMAL))));

    @Test
    void whatIsWrittenIsReadAsItWas() {
        assertThat(MailRecipients.read(Json.tree(ALL_KINDS.write()))).isEqualTo(new Reading.Accepted<>(ALL_KINDS));
    }

    @Test
    void aDocumentIsRefusedLikeAnyOther() {
        assertThat(MailRecipients.read(Json.tree("{\"alerts\": {\"email\": [\"nobody\"]}}")))
                .isInstanceOf(Reading.Refused.class);
    }
}
