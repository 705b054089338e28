package dev.affray.cloud.alerting.promises;

import static dev.affray.cloud.alerting.promises.Scene.CLOSE_AFTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.cloud.state.Related;
import dev.affray.frame.Line;
import dev.affray.incident.Incident;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A camera's live and backlog incidents are told apart in all that is done, and related in what is shown. */
class LinesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private Scene scene;

    @BeforeEach
    void open(@TempDir Path folder) {
        scene = new Scene(folder);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void aLiveIncidentOpens_andIsAnnouncedAsLive_whileOneOfTheBacklogIsOpen() {
        scene.backlog(Duration.ofSeconds(30));
        scene.live();
        scene.pass(SECOND);
        scene.live();

        assertThat(scene.announced()).containsExactly(Line.BACKLOG, Line.LIVE);
        Incident live = only(Line.LIVE);
        assertThat(live.lastPositive()).isEqualTo(live.opened().plus(SECOND));
        assertThat(related(live)).containsExactly(only(Line.BACKLOG));
        assertThat(related(only(Line.BACKLOG))).containsExactly(live);
        scene.checkThatTheDefinitionHolds();
    }

    @Test
    void aBacklogBetweenTwoLiveIncidents_isRelatedToBoth_andJoinsThemNot() {
        scene.live();
        scene.pass(CLOSE_AFTER.multipliedBy(2));
        scene.live();
        scene.backlog(CLOSE_AFTER);

        List<Incident> live = scene.incidents(Line.LIVE);
        assertThat(live).hasSize(2);
        assertThat(related(only(Line.BACKLOG))).isEqualTo(live);
        assertThat(related(live.getFirst())).isEqualTo(scene.incidents(Line.BACKLOG));
        assertThat(related(live.getLast())).isEqualTo(scene.incidents(Line.BACKLOG));
        assertThat(scene.announced()).containsExactly(Line.LIVE, Line.LIVE, Line.BACKLOG);
        scene.checkThatTheDefinitionHolds();
    }

    @Test
    void relationEndsWhereAnIncidentWouldEnd_andComesAndGoesWithWhatIsStored() {
        scene.live();
        Incident live = only(Line.LIVE);
        scene.backlog(CLOSE_AFTER.plusMillis(1));
        assertThat(related(live)).isEmpty();
        assertThat(related(only(Line.BACKLOG))).isEmpty();

        scene.backlog(CLOSE_AFTER);
        assertThat(related(live)).containsExactly(only(Line.BACKLOG));
        scene.checkThatTheDefinitionHolds();
    }

    @Test
    void anIncidentMergedAway_isRelatedToNone() {
        scene.live();
        scene.backlog(CLOSE_AFTER);
        scene.pass(CLOSE_AFTER);
        scene.backlog(SECOND);
        List<Incident> parts = scene.incidents(Line.BACKLOG);
        assertThat(parts).hasSize(2);

        scene.backlog(CLOSE_AFTER);

        Incident merged = scene.stores().incidents().find(parts.getLast().id()).orElseThrow();
        assertThat(merged.mergedInto()).isEqualTo(only(Line.BACKLOG).id());
        assertThat(related(merged)).isEmpty();
        assertThat(related(only(Line.LIVE))).containsExactly(only(Line.BACKLOG));
        scene.checkThatTheDefinitionHolds();
    }

    private Incident only(Line line) {
        assertThat(scene.incidents(line)).hasSize(1);
        return scene.incidents(line).getFirst();
    }

    private List<Incident> related(Incident incident) {
        return Related.of(scene.stores().incidents(), incident, CLOSE_AFTER);
    }
}
