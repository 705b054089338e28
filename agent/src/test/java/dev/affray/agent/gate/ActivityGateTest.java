package dev.affray.agent.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.agent.gate.ActivityGate.Step;
import dev.affray.camera.AlertRule;
import dev.affray.camera.CameraConfig;
import dev.affray.camera.Gate;
import dev.affray.camera.Image;
import dev.affray.camera.Sampling;
import dev.affray.camera.Sampling.Mode;
import dev.affray.camera.Site;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ActivityGateTest {
    private static final List<Luma> EMPTY =
            IntStream.range(0, 9).mapToObj(i -> Scenes.yard(i, 100, 1, 0, 0)).toList();
    private static final List<Luma> WALKING = IntStream.range(0, 9)
            .mapToObj(i -> Scenes.yard(i, 100, 1, 40 + 3 * i, 30))
            .toList();

    private final Random random = new Random(3);
    private ActivityGate gate = gate(Mode.INTERVAL, true, true);
    private boolean somebody;
    private int distance = 50;
    private int packet;

    @Test
    void closesOverAQuietScene_andLooksNowAndThen() {
        assertThat(play(2)).containsOnlyKeys(Step.DECODE);
        assertThat(play(20)).as("learning").containsOnlyKeys(Step.DECODE, Step.CLOSE, Step.LOOK, Step.SKIP);
        play(30);
        Map<Step, Integer> minute = play(60);
        assertThat(minute).containsOnlyKeys(Step.SKIP, Step.LOOK);
        assertThat(minute.get(Step.LOOK)).isBetween(2, 6);
    }

    @Test
    void isActive_untilItKnowsWhatTheSceneLooksLike() {
        play(1);
        assertThat(gate.active(packet / 25.0)).isTrue();
        play(2);
        assertThat(gate.active(packet / 25.0)).isFalse();
    }

    @Test
    void looksAtEveryKeyPicture_untilThePacketsTellSomething() {
        play(6);
        assertThat(play(12)).containsEntry(Step.LOOK, 6);
    }

    @Test
    void decodesEverythingUntilItHasLearned_whereKeyPicturesAreRare() {
        distance = 125;
        assertThat(play(24)).containsOnlyKeys(Step.DECODE);
        play(20);
        assertThat(gate.isOpen()).isFalse();
    }

    @Test
    void beginsWithKeyPictures_whereItIsToldTo() {
        gate.beginWithKeys();
        assertThat(play(20)).containsEntry(Step.LOOK, 10).containsOnlyKeys(Step.LOOK, Step.SKIP);
    }

    @Test
    void opens_whereItWasToBeginWithKeyPictures_andTheyAreRare() {
        distance = 250;
        gate.beginWithKeys();
        assertThat(play(4)).containsOnlyKeys(Step.LOOK, Step.SKIP);
        play(1);
        assertThat(gate.isOpen()).isTrue();
        assertThat(play(20)).containsOnlyKeys(Step.DECODE);
    }

    @Test
    void opens_whileItLearns_whenAKeyPictureShowsSomebody() {
        play(10);
        somebody = true;
        play(3);
        assertThat(gate.isOpen()).isTrue();
        assertThat(gate.active(packet / 25.0)).isTrue();
    }

    @Test
    void opensAtOnce_whenPacketsGrow_andStaysOpenUntilNothingMovedForAWhile() {
        play(60);
        somebody = true;
        Map<Step, Integer> second = play(1);
        assertThat(second).containsKey(Step.DECODE);
        assertThat(second.getOrDefault(Step.SKIP, 0)).isLessThanOrEqualTo(5);
        assertThat(gate.active(packet / 25.0)).isTrue();
        somebody = false;
        assertThat(play(9)).containsOnlyKeys(Step.DECODE);
        play(12);
        assertThat(gate.isOpen()).isFalse();
    }

    @Test
    void opens_whenALookShowsSomebodyWhomThePacketsDidNotTell() {
        play(60);
        assertThat(gate.look(Scenes.yard(1, 100, 1, 60, 30), packet / 25.0)).isFalse();
        assertThat(gate.isOpen()).isTrue();
    }

    @Test
    void asksForALookInTime_whenAFrameMustBeSent() {
        play(60);
        gate.sent(packet / 25.0);
        assertThat(gate.keepAliveDue(packet / 25.0 + 9)).isFalse();
        assertThat(gate.keepAliveDue(packet / 25.0 + 10)).isTrue();
    }

    @Test
    void neverCloses_withoutThePacketStage() {
        gate = gate(Mode.INTERVAL, false, true);
        assertThat(play(90)).containsOnlyKeys(Step.DECODE);
        assertThat(gate.active(packet / 25.0)).isFalse();
    }

    @Test
    void isAlwaysActive_withoutAnyStage() {
        gate = gate(Mode.INTERVAL, false, false);
        play(90);
        assertThat(gate.active(packet / 25.0)).isTrue();
    }

    @Test
    void looksAtEveryKeyPicture_whenOnlyThoseAreDecodedAndThePacketsTellNothing() {
        gate = gate(Mode.KEYFRAMES, false, true);
        play(20);
        assertThat(play(60)).containsEntry(Step.LOOK, 30).containsOnlyKeys(Step.LOOK, Step.SKIP);
    }

    @Test
    void doesNotCloseAgain_whenThePacketsCannotBeKept() {
        play(60);
        gate.overflow(packet / 25.0);
        assertThat(play(30)).containsOnlyKeys(Step.DECODE);
    }

    @Test
    void isOpen_whenTheVideoBeginsAgain() {
        play(60);
        gate.begin();
        assertThat(gate.isOpen()).isTrue();
        assertThat(play(1)).containsOnlyKeys(Step.DECODE);
    }

    /** What was done with the packets of so many seconds. */
    private Map<Step, Integer> play(int seconds) {
        Map<Step, Integer> steps = new EnumMap<>(Step.class);
        for (int i = 0; i < seconds * 25; i++) {
            boolean key = packet % distance == 0;
            double at = packet / 25.0;
            int bytes = (int) ((key ? 40_000 : somebody ? 5000 : 2000) * (1 + 0.1 * random.nextGaussian()));
            Step step = gate.packet(key, bytes, at);
            steps.merge(step, 1, Integer::sum);
            Luma picture = (somebody ? WALKING : EMPTY).get(packet / 3 % EMPTY.size());
            if (step == Step.LOOK) {
                assertThat(gate.look(picture, at)).isEqualTo(!somebody);
                gate.sent(at);
            } else if (step != Step.SKIP && packet % 3 == 0) {
                gate.picture(picture, at);
            }
            packet++;
        }
        return steps;
    }

    private static ActivityGate gate(Mode mode, boolean packets, boolean motion) {
        return new ActivityGate(new CameraConfig(
                "Test",
                new Site("", ZoneOffset.UTC),
                Optional.empty(),
                new Sampling(mode, 2, 4, Duration.ofSeconds(10)),
                new Gate(packets, motion, true, Duration.ofSeconds(10)),
                List.of(),
                Image.DEFAULT,
                AlertRule.DEFAULT));
    }
}
