package dev.affray.cloud.fleet;

import static dev.affray.cloud.fleet.World.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.cloud.fleet.Model.State;
import dev.affray.health.CameraState;
import dev.affray.incident.Incident;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model's own word, on top of what {@link WatchTest} sees of frames. */
class BlindnessTest {
    private static final State OFF = new State.Off("fights.1", "STOPPED");

    @TempDir
    private Path folder;

    private World world;

    @BeforeEach
    void open() {
        world = new World(folder, "door", "yard");
        world.run(120);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void say(State state) {
        world.state = state;
        world.run(60);
    }

    private void atRest(String... cameras) {
        for (String camera : cameras) {
            world.arming(camera, "{\"weekly\":\"never\"}");
        }
    }

    private void isBlind() {
        assertThat(world.blind()).singleElement().satisfies(i -> {
            assertThat(i.isLasting()).isTrue();
            assertThat(i.detail()).isEqualTo("the model fights.1 is STOPPED");
        });
    }

    private void isOver() {
        assertThat(world.blind())
                .singleElement()
                .satisfies(i -> assertThat(i.isLasting()).isFalse());
    }

    @Test
    void aModelThatIsOffWhileACameraIsArmed_isTold_once_andWhenItRuns_thoughNoFrameComes() {
        int before = world.now();
        say(OFF);
        isBlind();
        assertThat(world.blind().getFirst().opened()).isBetween(at(before), at(before + 60));
        for (int i = 0; i < 10; i++) {
            world.otherWatch();
            world.run(60);
        }
        isBlind();
        assertThat(world.gateway()).isEmpty();

        say(new State.Running());
        isOver();
    }

    @Test
    void itIsAskedOnceInALook_andNeverWhileAllCamerasAreAtRest() {
        world.asked = 0;
        world.tick();
        assertThat(world.asked).as("for two cameras").isEqualTo(1);

        atRest("door");
        world.tick();
        assertThat(world.asked).isEqualTo(2);

        atRest("yard");
        say(OFF);
        world.tick();
        assertThat(world.asked).isEqualTo(2);
        assertThat(world.blind()).isEmpty();
    }

    @Test
    void whatIsStartingOrCannotBeAsked_neitherBeginsNorEndsAnything() {
        say(new State.Starting());
        say(new State.Unknown("throttled"));
        assertThat(world.tick().unknown()).as("counted").isEqualTo(1);
        assertThat(world.blind()).isEmpty();

        world.frames(60, true);
        world.run(600);
        say(OFF);
        world.frames(60, false);
        say(new State.Unknown("throttled"));
        say(new State.Starting());
        isBlind();
        assertThat(world.tick().unknown()).isZero();
        world.frames(60, true);
        say(new State.Running());
        world.run(300);
        isOver();
    }

    @Test
    void aModelThatWentOff_isAskedUntilItRuns_alsoWhenTheCamerasAreAtRestMeanwhile() {
        say(OFF);
        atRest("door", "yard");
        world.run(600);
        isBlind();
        say(new State.Running());
        isOver();
    }

    @Test
    void thatTheModelRunsIsNoProof_whereFramesWereNotJudged() {
        world.frames(60, false);
        world.run(600);
        assertThat(world.blind())
                .extracting(Incident::detail)
                .containsExactly("frames of door, yard arrive, and none is judged");
        world.frames(0, false);
        world.run(600);
        assertThat(world.blind().getFirst().isLasting()).isTrue();
        world.frames(60, true);
        world.run(300);
        isOver();
    }

    @Test
    void aGatewayThatIsGoneHasNoCameraThatWaits_untilItIsBack() {
        world.killed();
        world.run(120);
        say(OFF);
        assertThat(world.gateway()).hasSize(1);
        assertThat(world.blind()).isEmpty();
        world.started();
        world.run(120);
        isBlind();
    }

    @Test
    void nobodyWaitsForAModel_whenFilesArePlayedOrCamerasTakenOffTheList() {
        say(OFF);
        world.state("door", CameraState.ENDED);
        world.run(60);
        isBlind();
        world.unlist("yard", List.of("door"));
        world.run(60);
        isOver();
        world.run(600);
        isOver();
    }
}
