package dev.affray.cloud.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.cloud.state.Action;
import dev.affray.cloud.state.Notification;
import dev.affray.cloud.state.Notification.Outcome;
import dev.affray.cloud.state.Step;
import dev.affray.frame.Line;
import dev.affray.incident.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is told what, and when. */
class MessagesTest {
    @TempDir
    private Path folder;

    private Scene scene(Policy policy) {
        return new Scene(State.sqlite(folder), policy);
    }

    @Test
    void aFightIsToldWhenItBegins_andWhenItBecomesSevere_onceEach() {
        try (Scene scene = scene(State.UNHURRIED)) {
            scene.fight("door");
            scene.seconds(2);
            scene.fight("door");
            assertThat(scene.guards.news()).containsExactly("OPENED door");

            scene.fight("door", Severity.HIGH);
            scene.seconds(2);
            scene.fight("door", Severity.HIGH);
            assertThat(scene.guards.news()).containsExactly("RAISED door");

            scene.minutes(10);
            assertThat(scene.guards.news()).isEmpty();
        }
    }

    @Test
    void aFightThatIsSevereFromTheBeginningIsToldOnce() {
        try (Scene scene = scene(State.UNHURRIED)) {
            scene.fight("door", Severity.HIGH);
            scene.seconds(2);
            scene.fight("door", Severity.HIGH);
            scene.minutes(3);

            assertThat(scene.guards.news()).containsExactly("OPENED door");
        }
    }

    @Test
    void theEndOfAFightIsToldWhereTheCameraAsksForIt() {
        try (Scene scene = scene(State.UNHURRIED)) {
            scene.document("door", ",\"alert\":{\"announceClose\":true}");
            scene.document("yard", "");
            scene.fight("door");
            scene.fight("yard");
            scene.fight("door", Line.BACKLOG, Severity.NORMAL);
            scene.minutes(5);

            assertThat(scene.guards.news())
                    .containsExactlyInAnyOrder("OPENED door", "OPENED yard", "OPENED door", "CLOSED door");
        }
    }

    @Test
    void whenNobodyTakesChargeOthersAreTold_once() {
        try (Scene scene = scene(Scene.escalating())) {
            scene.fight("door");
            scene.minutes(4);
            assertThat(scene.second.news()).isEmpty();
            scene.minutes(1);
            assertThat(scene.second.news()).containsExactly("ESCALATED door");
            scene.minutes(20);

            assertThat(scene.second.news()).isEmpty();
            assertThat(scene.guards.news()).containsExactly("OPENED door");
            assertThat(scene.alerting.counts().escalated()).isEqualTo(1);
        }
    }

    @Test
    void whoTakesChargeStopsTheEscalation_andThoseWhoWereToldAreTold() {
        try (Scene scene = scene(Scene.escalating())) {
            String door = scene.fight("door");
            scene.minutes(4);
            scene.act(door, Action.ACKNOWLEDGE);
            scene.act(door, Action.ACKNOWLEDGE);
            scene.minutes(20);

            assertThat(scene.guards.news()).containsExactly("OPENED door", "ACKNOWLEDGED door");
            assertThat(scene.second.news()).isEmpty();
        }
    }

    @Test
    void whoTakesChargeAfterAnEscalationIsToldToBothGroups() {
        try (Scene scene = scene(Scene.escalating())) {
            String door = scene.fight("door");
            scene.minutes(6);
            scene.act(door, Action.ACKNOWLEDGE);
            scene.act(door, Action.FALSE_ALARM);

            assertThat(scene.guards.news()).containsExactly("OPENED door", "ACKNOWLEDGED door", "FALSE_ALARM door");
            assertThat(scene.second.news()).containsExactly("ESCALATED door", "ACKNOWLEDGED door", "FALSE_ALARM door");
        }
    }

    @Test
    void aFalseAlarmIsToldAsThat_andNotAsTakenChargeOf() {
        try (Scene scene = scene(Scene.escalating())) {
            String door = scene.fight("door");
            scene.act(door, Action.FALSE_ALARM);
            scene.minutes(20);

            assertThat(scene.guards.news()).containsExactly("OPENED door", "FALSE_ALARM door");
            assertThat(scene.second.news()).isEmpty();
        }
    }

    @Test
    void whatCameLateDoesNotEscalate_norBecomesSevere() {
        try (Scene scene = scene(Scene.escalating())) {
            scene.fight("door", Line.BACKLOG, Severity.NORMAL);
            scene.seconds(2);
            scene.fight("door", Line.BACKLOG, Severity.HIGH);
            scene.minutes(20);

            assertThat(scene.guards.news()).containsExactly("OPENED door");
            assertThat(scene.second.news()).isEmpty();
        }
    }

    @Test
    void aFightThatBeganBehindAnotherIsAnnouncedAtOnce() {
        try (Scene scene = scene(Policy.DEFAULT)) {
            String first = scene.fight("door");
            scene.fight("door", Severity.HIGH);
            scene.act(first, Action.ACKNOWLEDGE);
            scene.seconds(61);
            scene.fight("door");

            assertThat(scene.guards.news())
                    .containsExactly("OPENED door", "RAISED door", "ACKNOWLEDGED door", "OPENED door");
            assertThat(scene.alerting.counts().heldBack()).isZero();
        }
    }

    @Test
    void aFloodBecomesADigest_andNothingIsLost() {
        try (Scene scene = scene(new Policy(Optional.empty(), 3, 5, 100))) {
            List<String> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                for (String camera : List.of("a", "b", "c")) {
                    all.add(scene.fight(camera));
                }
                scene.seconds(61);
            }
            assertThat(scene.guards.news()).containsExactly("OPENED a", "OPENED b", "OPENED c", "OPENED a", "OPENED b");
            scene.minutes(3);

            assertThat(scene.guards.messages)
                    .hasSizeBetween(1, 2)
                    .allSatisfy(message -> assertThat(message).isInstanceOf(Digest.class));
            assertThat(scene.guards.messages)
                    .flatExtracting(message -> ((Digest) message).alerts())
                    .hasSize(7);
            assertThat(all)
                    .allSatisfy(id -> assertThat(scene.state.notifications().of(id))
                            .filteredOn(n -> n.step() == Step.OPENED)
                            .singleElement()
                            .satisfies(n -> assertThat(n.isTold()).isTrue()));
            assertThat(scene.alerting.counts().heldBack()).isEqualTo(7);
            assertThat(scene.alerting.counts().digests()).isBetween(1L, 2L);
        }
    }

    @Test
    void whatOneChannelRefusesIsNotRepeatedByAnother_andComesWithTheTick() {
        try (Scene scene = scene(Scene.escalating())) {
            scene.guards.refuses = true;
            String door = scene.fight("door");
            scene.minutes(5);
            assertThat(scene.second.news()).as("nobody was told: others are").containsExactly("ESCALATED door");

            scene.guards.refuses = false;
            scene.minutes(1);
            assertThat(scene.guards.news()).containsExactly("OPENED door");
            scene.minutes(10);
            assertThat(scene.guards.news()).isEmpty();
            assertThat(scene.second.news()).isEmpty();
            assertThat(scene.state.notifications().of(door))
                    .allSatisfy(n -> assertThat(n.isTold()).isTrue());
        }
    }

    @Test
    void fightsOnNeighbouringCamerasAreOneAlarm_andUpdatesOfIt() {
        try (Scene scene = scene(Scene.escalating())) {
            for (String camera : List.of("hall", "stairs", "yard")) {
                scene.document(camera, camera.equals("yard") ? "" : ",\"group\":\"ground floor\"");
            }
            scene.fight("hall");
            scene.seconds(20);
            String stairs = scene.fight("stairs");
            scene.fight("yard");
            assertThat(scene.guards.news()).containsExactly("OPENED hall", "OPENED stairs with hall", "OPENED yard");
            assertThat(scene.alerting.counts().updates()).isEqualTo(1);

            scene.act(stairs, Action.ACKNOWLEDGE);
            scene.minutes(10);
            assertThat(scene.second.news()).as("in hand, but for the yard").containsExactly("ESCALATED yard");

            scene.fight("stairs");
            scene.fight("hall");
            assertThat(scene.guards.news())
                    .containsExactly("ACKNOWLEDGED stairs", "OPENED stairs", "OPENED hall with stairs");
        }
    }

    @Test
    void aFightThatGoesOnKeepsItsNeighboursWithIt() {
        try (Scene scene = scene(State.UNHURRIED)) {
            scene.document("hall", ",\"group\":\"g\"");
            scene.document("stairs", ",\"group\":\"g\"");
            for (int i = 0; i < 10; i++) {
                scene.fight("hall");
                scene.seconds(40);
            }
            scene.fight("stairs");

            assertThat(scene.guards.news()).containsExactly("OPENED hall", "OPENED stairs with hall");
        }
    }

    @Test
    void aMutedCameraIsSilent_butAllAreToldThatItIs() {
        try (Scene scene = scene(Scene.escalating())) {
            String door = scene.fight("door");
            scene.act(door, Action.MUTE);
            scene.act(door, Action.MUTE);
            scene.fight("door", Severity.HIGH);
            scene.seconds(200);
            String next = scene.fight("door");
            scene.fight("yard");
            scene.minutes(20);

            assertThat(scene.guards.news()).containsExactly("OPENED door", "MUTED door", "OPENED yard");
            assertThat(scene.second.news()).containsExactly("MUTED door", "ESCALATED yard");
            assertThat(scene.state.notifications().of(next))
                    .extracting(Notification::outcome)
                    .containsExactly(Outcome.MUTED);
            scene.minutes(60);
            assertThat(scene.guards.news()).isEmpty();
            assertThat(scene.alerting.counts().muted()).isEqualTo(2);
        }
    }

    @Test
    void aFightThatStillGoesOnWhenTheMuteEndsIsTold() {
        try (Scene scene = scene(State.UNHURRIED)) {
            scene.act(scene.fight("door"), Action.MUTE);
            scene.minutes(27);
            assertThat(scene.guards.news()).containsExactly("OPENED door", "MUTED door");
            for (int i = 0; i < 5; i++) {
                scene.fight("door");
                scene.minutes(1);
            }

            assertThat(scene.guards.news()).containsExactly("OPENED door");
        }
    }

    @Test
    void aMuteThatIsTakenBackIsToldToAll_andWhatGoesOnToo() {
        try (Scene scene = scene(State.UNHURRIED)) {
            String door = scene.fight("door");
            scene.act(door, Action.MUTE);
            scene.minutes(5);
            scene.fight("door");
            scene.act(door, Action.UNMUTE);

            assertThat(scene.guards.news())
                    .containsExactlyInAnyOrder("OPENED door", "MUTED door", "OPENED door", "UNMUTED door");
            assertThat(scene.second.news()).containsExactly("MUTED door", "UNMUTED door");
            scene.minutes(60);
            assertThat(scene.guards.news()).isEmpty();
        }
    }

    @Test
    void aChannelThatTakesNothingKeepsNoOtherFromItsTurn_howeverMuchWaitsForIt() {
        try (Scene scene = scene(Scene.escalating())) {
            scene.guards.refuses = true;
            for (int i = 0; i < DueMessages.AT_ONCE + 10; i++) {
                scene.fight("camera-" + i);
            }
            scene.minutes(1);
            String door = scene.fight("door");
            scene.act(scene.fight("yard"), Action.FALSE_ALARM);
            scene.minutes(6);

            assertThat(scene.second.messages)
                    .flatExtracting(
                            message -> message instanceof Digest digest ? digest.alerts() : List.of((Alert) message))
                    .extracting(alert -> ((Alert) alert).incident().id())
                    .contains(door);
        }
    }
}
