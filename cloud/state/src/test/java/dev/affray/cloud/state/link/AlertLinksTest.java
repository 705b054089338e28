package dev.affray.cloud.state.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affray.cloud.state.link.LinkToken.Verdict;
import dev.affray.frame.CameraId;
import dev.affray.frame.Line;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import dev.affray.incident.Severity;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertLinksTest {
    private static final KeyRing RING = KeyRing.parse("k".repeat(40));
    private static final Instant NOW = Instant.parse("2026-11-20T21:10:00Z");
    private static final Incident INCIDENT = new Incident(
            "0k3v9x2m7qfa",
            1,
            new CameraId("gw", "door"),
            IncidentKind.FIGHT,
            Line.LIVE,
            NOW,
            NOW,
            null,
            90,
            Severity.NORMAL,
            List.of(),
            NOW,
            null,
            null,
            null,
            null);

    @Test
    void aLinkLeadsToThePageOfItsIncident_forAsLongAsLinksLast() {
        URI link = links("https://affray.example.org").of(INCIDENT, NOW);

        assertThat(link.toString()).startsWith("https://affray.example.org/i/").hasSize(68);
        String token = link.getPath().substring(AlertLinks.PATH.length());
        assertThat(new LinkToken(() -> RING).verify(token, NOW.plus(AlertLinks.LAST)))
                .isEqualTo(new Verdict.Valid(
                        INCIDENT.id(), NOW.plus(Duration.ofDays(7)).plus(Duration.ofMinutes(50))));
        assertThat(new LinkToken(() -> RING)
                        .verify(token, NOW.plus(AlertLinks.LAST).plus(Duration.ofHours(1))))
                .isEqualTo(new Verdict.Expired());
        assertThat(links("http://127.0.0.1:8080/").of(INCIDENT, NOW).toString())
                .startsWith("http://127.0.0.1:8080/i/0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "affray.example.org",
                "ftp://affray.example.org",
                "https://affray.example.org/page",
                "https://affray.example.org?x=1",
                "https://user@affray.example.org",
                "https:///i/"
            })
    void anAddressThatIsNoBaseOfAPage_isRefused(String base) {
        assertThatThrownBy(() -> links(base))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(base);
    }

    private static AlertLinks links(String base) {
        return new AlertLinks(URI.create(base), () -> RING, AlertLinks.LAST);
    }
}
