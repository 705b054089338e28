package dev.affray.cloud.fleet;

import static dev.affray.cloud.fleet.World.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.health.CameraState;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WatchTest {
    private static final int SETTLED = 5 * 60 + 90;

    @TempDir
    private Path folder;

    private World world;

    @BeforeEach
    void open() {
        world = new World(folder, "door", "yard", "gym");
        world.run(120);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void nothingWasRaised() {
        assertThat(world.gateway()).isEmpty();
        assertThat(world.of("door")).isEmpty();
        assertThat(world.of("yard")).isEmpty();
        assertThat(world.blind()).isEmpty();
    }

    @Test
    void aGatewayThatIsBackWithinItsPatience_wasNeverGone() {
        world.killed();
        world.run(80);
        world.started();
        world.run(900);

        nothingWasRaised();
    }

    @Test
    void aLastWillThatComesAfterTheGatewayIsBack_andTwice_raisesNothing() {
        world.killed();
        world.run(20);
        world.started();
        world.presence(false);
        world.run(40);
        world.presence(false);
        world.run(900);

        nothingWasRaised();
    }

    @Test
    void aGatewayThatIsKilled_isOneIncident_andNoneForItsCameras() {
        int gone = world.now();
        world.killed();
        world.run(3600);

        assertThat(world.gateway()).singleElement().satisfies(incident -> {
            assertThat(incident.opened()).as("not when it was noticed").isEqualTo(at(gone));
            assertThat(incident.isLasting()).isTrue();
            assertThat(incident.detail()).isEqualTo("its connection was lost; its 3 cameras cannot be seen");
        });
        assertThat(world.head("_gateway", IncidentKind.CAMERA_OFFLINE).version())
                .as("an hour costs no write")
                .isEqualTo(1);
        assertThat(world.of("door")).isEmpty();
    }

    @Test
    void whenItIsBackForAWhile_itIsOver_andACameraThatIsStillGoneGetsItsOwn() {
        int gone = world.now();
        world.killed();
        world.run(840);
        world.state("yard", CameraState.RECONNECTING);
        int back = world.now();
        world.started();
        world.run(200);
        assertThat(world.gateway().getFirst().isLasting()).as("not settled yet").isTrue();
        assertThat(world.of("yard")).singleElement().satisfies(incident -> {
            assertThat(incident.opened()).isEqualTo(at(back));
            assertThat(incident.detail()).isEqualTo("not connected: no route");
        });
        world.run(SETTLED - 200);

        assertThat(world.gateway()).singleElement().satisfies(incident -> {
            assertThat(incident.isLasting()).isFalse();
            assertThat(incident.opened()).isEqualTo(at(gone));
            assertThat(incident.lastPositive()).isEqualTo(at(back));
        });
        assertThat(world.of("door")).isEmpty();
    }

    @Test
    void aGatewayThatIsConnectedButReportsNothing_isGone_sinceItsLastReport() {
        world.run(7);
        int gone = world.now();
        world.state("door", CameraState.STREAMING);
        world.hung();
        world.run(180);
        nothingWasRaised();
        world.run(80);
        assertThat(world.gateway()).singleElement().satisfies(incident -> {
            assertThat(incident.opened()).isEqualTo(at(gone));
            assertThat(incident.detail()).startsWith("it does not report any more");
        });

        world.woken();
        world.run(SETTLED);
        assertThat(world.gateway().getFirst().isLasting()).isFalse();
    }

    @Test
    void anAgentThatWasStoppedIsGoneToo_andItIsSaidHow() {
        world.stopped();
        world.run(80);
        nothingWasRaised();
        world.run(80);

        assertThat(world.gateway())
                .extracting(Incident::detail)
                .containsExactly("it was stopped in an orderly way; its 3 cameras cannot be seen");
    }

    @ParameterizedTest
    @EnumSource
    void aCameraIsGoneWhenItGivesNoPictureForLong_andItsStateDecidesAlone(CameraState state) {
        int gone = world.now();
        world.state("door", state);
        world.run(100);
        nothingWasRaised();
        world.run(100);

        if (state.isWell()) {
            nothingWasRaised();
        } else {
            assertThat(world.of("door"))
                    .singleElement()
                    .satisfies(i -> assertThat(i.opened()).isEqualTo(at(gone)));
            assertThat(world.of("yard")).isEmpty();
            assertThat(world.gateway()).isEmpty();
        }
    }

    @Test
    void aCameraThatComesAndGoesIsOneIncident_untilItStays() {
        for (int i = 0; i < 6; i++) {
            world.state("door", CameraState.STALLED);
            world.run(180);
            world.state("door", CameraState.STREAMING);
            world.run(240);
        }
        assertThat(world.of("door"))
                .singleElement()
                .satisfies(i -> assertThat(i.isLasting()).isTrue());
        int back = world.now() - 240;
        world.run(SETTLED);
        assertThat(world.of("door"))
                .singleElement()
                .satisfies(i -> assertThat(i.lastPositive()).isEqualTo(at(back)));
    }

    @Test
    void aCameraThatWasGoneBeforeItsGateway_staysSo() {
        world.state("door", CameraState.STALLED);
        world.run(300);
        world.killed();
        world.run(600);
        assertThat(world.of("door"))
                .singleElement()
                .satisfies(i -> assertThat(i.isLasting()).isTrue());
        world.started();
        world.run(900);
        assertThat(world.of("door"))
                .singleElement()
                .satisfies(i -> assertThat(i.isLasting()).isTrue());
        assertThat(world.gateway().getFirst().isLasting()).isFalse();
    }

    @Test
    void aCameraThatIsTakenOffTheList_isNotMissed_norIsAGatewayWithoutCameras() {
        world.state("door", CameraState.STALLED);
        world.run(300);
        world.unlist("door", List.of("yard", "gym"));
        world.run(120);
        assertThat(world.of("door").getFirst().isLasting()).isFalse();

        world.killed();
        world.run(300);
        assertThat(world.gateway().getFirst().isLasting()).isTrue();
        world.unlist("yard", List.of());
        world.run(120);
        assertThat(world.gateway().getFirst().isLasting()).isFalse();
        world.run(9000);
        assertThat(world.gateway()).hasSize(1);
    }

    @Test
    void aGatewayWhoseFilesAreAllPlayed_isNotMissed() {
        for (String camera : List.of("door", "yard", "gym")) {
            world.state(camera, CameraState.ENDED);
        }
        world.stopped();
        world.run(3600);
        nothingWasRaised();
    }

    @Test
    void whatACloudMissedWhileItWasOff_isNoSilence() {
        world.state("door", CameraState.STALLED);
        world.run(30);
        world.cloudOffFor(40_000);
        world.run(60);
        world.state("door", CameraState.STREAMING);
        world.run(3600);
        nothingWasRaised();
    }

    /** The incidents of a gateway's life do not depend on who watches, and how often. */
    @Test
    void twoWatchesALostMinuteOrARestart_giveTheSameIncidents() throws IOException {
        for (int seed = 0; seed < 2; seed++) {
            List<Incident> one = life(seed, _ -> {});
            assertThat(life(seed, w -> {
                        w.tick();
                        w.tick();
                    }))
                    .as("watched thrice, seed " + seed)
                    .isEqualTo(one);
            assertThat(life(seed, World::otherWatch))
                    .as("watched by another, seed " + seed)
                    .isEqualTo(one);
        }
    }

    private List<Incident> life(int seed, Consumer<World> meanwhile) throws IOException {
        Random random = new Random(seed);
        try (World life = new World(Files.createTempDirectory(folder, "life"), "door", "yard")) {
            for (int i = 0; i < 16; i++) {
                switch (random.nextInt(5)) {
                    case 0 -> life.killed();
                    case 1 -> life.hung();
                    case 2 -> life.started();
                    case 3 -> life.state("door", CameraState.STALLED);
                    default -> life.state("door", CameraState.STREAMING);
                }
                // Far from every patience: what lasts about as long as one may be seen or not.
                life.run(i % 2 == 0 ? 20 : 400 + 60 * random.nextInt(5));
                meanwhile.accept(life);
            }
            return Stream.of("_gateway", "door", "yard")
                    .flatMap(camera -> life.of(camera).stream())
                    .toList();
        }
    }

    /** Whatever words of presence come, late, twice or never: who reports is there. */
    @Test
    void aGatewayThatReportsIsNeverGone() {
        Random random = new Random(7);
        for (int i = 0; i < 80; i++) {
            world.presence(random.nextBoolean());
            world.run(1 + random.nextInt(90));
        }
        nothingWasRaised();
    }

    @Test
    void framesThatArriveAndAreNotJudgedAreTold_once_andWhenTheyAreJudgedAgain() {
        world.frames(60, true);
        world.run(900);
        nothingWasRaised();
        world.frames(60, false);
        world.run(900);
        assertThat(world.blind()).singleElement().satisfies(incident -> {
            assertThat(incident.isLasting()).isTrue();
            assertThat(incident.detail()).isEqualTo("frames of door, gym, yard arrive, and none is judged");
        });
        assertThat(world.gateway()).isEmpty();

        world.frames(60, true);
        world.run(300);
        assertThat(world.blind())
                .singleElement()
                .satisfies(i -> assertThat(i.isLasting()).isFalse());
    }

    @Test
    void aFrameOfAClockThatWasAheadOnce_doesNotHideThatNoneIsJudged() {
        world.detection("door", 90_000);
        world.detection("yard", 90_000);
        world.frames(60, true);
        world.run(600);
        nothingWasRaised();
        world.frames(60, false);
        world.run(900);
        assertThat(world.blind().getFirst().detail()).startsWith("frames of door, gym, yard");
    }

    @Test
    void framesThatNobodyWaitsFor_orHardlyAny_proveNothing() {
        world.frames(1, false);
        world.run(1200);
        nothingWasRaised();

        world.frames(60, false);
        for (String camera : List.of("door", "yard", "gym")) {
            world.arming(camera, "{\"weekly\":\"never\"}");
        }
        world.run(1200);
        nothingWasRaised();
    }
}
