package dev.affray.agent.iot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.camera.GatewayConfig;
import dev.affray.camera.Reported;
import dev.affray.document.Json;
import dev.affray.document.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedTest {
    private static final JsonNode GOOD = Json.tree("{\"cameras\":[\"yard\"]}");
    private static final JsonNode BAD = Json.tree("{\"cameras\":[\"yard\",\"yard\"],\"x\":1}");

    @TempDir
    Path folder;

    private Followed<GatewayConfig> followed;

    @BeforeEach
    void start() {
        followed = new Followed<>("gateway", GatewayConfig::read, new LastGood(folder));
    }

    @Test
    void acceptsAGoodDocument_andReportsItsVersionAndHash() {
        assertThat(followed.offer(3, GOOD)).isEqualTo(new Verdict.Accepted<>(new GatewayConfig(List.of("yard"))));
        assertThat(followed.reported()).isEqualTo(new Reported(3, Json.hash(GOOD), null));
    }

    @Test
    void leavesTheLastGoodOneInForce_whenANewerOneIsRefused() {
        followed.offer(3, GOOD);

        assertThat(followed.offer(5, BAD)).isInstanceOf(Verdict.Refused.class);
        assertThat(followed.reported().version()).isEqualTo(3);
        assertThat(followed.reported().hash()).isEqualTo(Json.hash(GOOD));
        assertThat(followed.reported().refused()).satisfies(refused -> {
            assertThat(refused.version()).isEqualTo(5);
            assertThat(refused.problemCount()).isEqualTo(2);
        });
        start();
        assertThat(followed.restore()).contains(new Reading.Accepted<>(new GatewayConfig(List.of("yard"))));
    }

    @Test
    void whatItJudgedBeforeChangesNothing_whateverTheVersion() {
        followed.offer(3, GOOD);
        assertThat(followed.offer(4, GOOD)).isInstanceOf(Verdict.Unchanged.class);
        assertThat(followed.reported().version()).isEqualTo(3);

        followed.offer(5, BAD);
        Reported before = followed.reported();
        assertThat(followed.offer(6, BAD)).isInstanceOf(Verdict.Unchanged.class);
        assertThat(followed.reported()).isEqualTo(before);
    }

    @Test
    void takesTheRefusalBack_whenTheGoodDocumentReturns() {
        followed.offer(3, GOOD);
        followed.offer(5, BAD);
        assertThat(followed.offer(7, GOOD)).isInstanceOf(Verdict.Unchanged.class);

        assertThat(followed.reported().refused()).isNull();
    }

    @Test
    void knowsWhetherTheShadowSaysSoAlready() {
        followed.offer(3, GOOD);
        JsonNode same = Json.tree("{\"hash\":\"" + Json.hash(GOOD) + "\",\"version\":3}");

        assertThat(followed.isReportedBy(same)).isTrue();
        assertThat(followed.isReportedBy(Json.tree("{}").path("reported"))).isFalse();
        followed.offer(5, BAD);
        assertThat(followed.isReportedBy(same)).isFalse();
        assertThat(followed.isReportedBy(Json.tree(Json.write(followed.reported()))))
                .isTrue();
    }

    @Test
    void doesNotTrustADamagedFile() throws IOException {
        followed.offer(3, GOOD);
        Path file = folder.resolve("gateway.json");
        Files.writeString(file, Files.readString(file).replace("yard", "hall"));
        start();

        assertThat(followed.restore()).isEmpty();
        assertThat(followed.isInForce()).isFalse();
    }
}
