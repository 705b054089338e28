package dev.affray.cloud.alerting.promises;

import static dev.affray.cloud.alerting.promises.Scene.CLOSE_AFTER;
import static dev.affray.cloud.alerting.promises.Scene.MAX_LAG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.frame.Line;
import dev.affray.incident.Incident;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks that are wrong by hours, on either side. Whether a frame is live goes by the cloud's clocks, what belongs together by the gateway's. */
class ClocksTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration QUIET = CLOSE_AFTER.plus(MAX_LAG);

    private Scene scene;

    @BeforeEach
    void open(@TempDir Path folder) {
        scene = new Scene(folder);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {-30, -3, 3, 30})
    void aGatewayThatIsWrongByHours_raisesALiveAlarm_whichClosesByTheCloudsClock(int hours) {
        scene.gatewayIsAhead(Duration.ofHours(hours));
        Instant captured = scene.gatewayNow();
        scene.live();
        assertThat(scene.announced()).containsExactly(Line.LIVE);

        scene.pass(QUIET.minusMillis(1));
        scene.tick();
        assertThat(only().isOpen()).isTrue();
        scene.pass(Duration.ofMillis(1));
        scene.tick();

        assertThat(only().opened()).isEqualTo(captured);
        assertThat(only().closed()).isEqualTo(captured.plus(CLOSE_AFTER));
        assertThat(scene.incidents(Line.BACKLOG)).isEmpty();
        scene.checkThatTheDefinitionHolds();
        assertThat(scene.announced()).containsExactly(Line.LIVE);
    }

    @ParameterizedTest
    @ValueSource(ints = {-30, -3, 3, 30})
    void aGatewayWhoseClockIsCorrectedByHoursInTheMidst_hasTwoIncidents_eachAnnouncedOnce(int hours) {
        scene.gatewayIsAhead(Duration.ofHours(hours));
        threeSeconds();
        scene.gatewayIsAhead(Duration.ZERO);
        threeSeconds();
        scene.pass(QUIET);
        scene.tick();

        assertThat(scene.incidents(Line.LIVE)).hasSize(2).allSatisfy(incident -> {
            assertThat(incident.lastPositive()).isEqualTo(incident.opened().plusSeconds(2));
            assertThat(incident.isOpen()).isFalse();
        });
        scene.checkThatTheDefinitionHolds();
        assertThat(scene.announced()).containsExactly(Line.LIVE, Line.LIVE);
    }

    @ParameterizedTest
    @ValueSource(ints = {-59, -2, 2, 59})
    void aGatewayWhoseClockIsCorrectedByLessThanCloseAfter_goesOnWithItsIncident(int seconds) {
        scene.gatewayIsAhead(Duration.ofSeconds(seconds));
        threeSeconds();
        scene.gatewayIsAhead(Duration.ZERO);
        threeSeconds();

        assertThat(scene.incidents(Line.LIVE)).hasSize(1);
        scene.checkThatTheDefinitionHolds();
        assertThat(scene.announced()).containsExactly(Line.LIVE);
    }

    @Test
    void afterAGatewayWasDaysAhead_whatIsRightAgainIsFoundAgain_thoughTheHeadKeepsTheNewestOnly() {
        scene.live();
        Instant right = scene.gatewayNow();
        scene.pass(QUIET);
        scene.tick();
        scene.gatewayIsAhead(Duration.ofDays(2));
        scene.live();
        scene.pass(QUIET);
        scene.tick();
        assertThat(scene.inHead()).hasSize(1);

        scene.gatewayIsAhead(Duration.ZERO);
        scene.arrive(Line.LIVE, right.plus(CLOSE_AFTER), scene.now());

        assertThat(scene.inHead()).hasSize(2);
        assertThat(scene.incidents(Line.LIVE).getFirst().opened()).isEqualTo(right);
        scene.checkThatTheDefinitionHolds();
        assertThat(scene.announced()).containsExactly(Line.LIVE, Line.LIVE);
    }

    @Test
    void whenTheCloudsClockIsSetBack_liveStaysLive_nothingIsAnnouncedAgain_andTheIncidentClosesInTime() {
        Instant event = scene.now();
        threeSeconds();
        scene.cloudIsSet(Duration.ofHours(-3));
        // In the queue while the clock was set: its event is in the future.
        scene.arrive(Line.LIVE, scene.gatewayNow(), event.plusSeconds(3));
        threeSeconds();
        assertThat(scene.incidents(Line.LIVE)).hasSize(1);

        scene.pass(QUIET);
        scene.tick();

        assertThat(only().isOpen()).isFalse();
        assertThat(scene.incidents(Line.BACKLOG)).isEmpty();
        scene.checkThatTheDefinitionHolds();
        assertThat(scene.announced()).containsExactly(Line.LIVE);
    }

    @Test
    void whenTheCloudsClockIsSetBackAfterTheLastFrame_theIncidentDoesNotStayOpenForHours() {
        threeSeconds();
        scene.cloudIsSet(Duration.ofHours(-3));

        scene.tick();
        assertThat(only().isOpen()).isFalse();
        threeSeconds();

        assertThat(only().isOpen()).isTrue();
        scene.checkThatTheDefinitionHolds();
        assertThat(scene.announced()).containsExactly(Line.LIVE);
    }

    @Test
    void whenTheCloudsClockIsSetAhead_whatIsInTheQueueIsDelayed_andTheIncidentGoesOnOnceItWasClosed() {
        Instant event = scene.now();
        threeSeconds();
        scene.cloudIsSet(Duration.ofHours(3));
        scene.tick();
        assertThat(only().isOpen()).isFalse();

        scene.arrive(Line.LIVE, scene.gatewayNow(), event.plusSeconds(3));
        scene.pass(SECOND);
        threeSeconds();

        assertThat(only().isOpen()).isTrue();
        assertThat(scene.incidents(Line.BACKLOG)).hasSize(1);
        scene.checkThatTheDefinitionHolds();
        assertThat(scene.announced()).containsExactly(Line.LIVE, Line.BACKLOG);
    }

    private void threeSeconds() {
        for (int second = 0; second < 3; second++) {
            scene.live();
            scene.pass(SECOND);
        }
    }

    private Incident only() {
        assertThat(scene.incidents(Line.LIVE)).hasSize(1);
        return scene.incidents(Line.LIVE).getFirst();
    }
}
