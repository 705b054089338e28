package dev.affray.agent.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.health.ImageCondition;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class ImageConditionsTest {
    private final ImageConditions conditions = new ImageConditions();
    private int second;

    @Test
    void isUnknown_untilItWasSeenForAWhile() {
        assertThat(conditions.now()).isNull();
        assertThat(show(5, i -> Scenes.yard(i, 100, 1, 0, 0))).isNull();
        assertThat(show(6, i -> Scenes.yard(i, 100, 1, 0, 0))).isEqualTo(ImageCondition.OK);
    }

    @Test
    void isDark_whenNearlyEverythingIsBlack() {
        assertThat(show(20, i -> Scenes.yard(i, 10, 1, 0, 0))).isEqualTo(ImageCondition.DARK);
    }

    @Test
    void isCovered_whenThereIsNoDetail() {
        assertThat(show(20, i -> Scenes.flat(i, 90, 1))).isEqualTo(ImageCondition.COVERED);
    }

    @Test
    void staysAsItWas_whenSomebodyPassesTheLens() {
        show(20, i -> Scenes.yard(i, 100, 1, 0, 0));
        assertThat(show(5, i -> Scenes.flat(i, 90, 1))).isEqualTo(ImageCondition.OK);
        assertThat(show(20, i -> Scenes.flat(i, 90, 1))).isEqualTo(ImageCondition.COVERED);
        assertThat(show(20, i -> Scenes.yard(i, 100, 1, 0, 0))).isEqualTo(ImageCondition.OK);
    }

    @Test
    void isFrozen_afterAMinuteOfTheVerySamePicture_andNotAMomentLonger() {
        assertThat(show(55, _ -> Scenes.yard(1, 100, 1, 0, 0))).isEqualTo(ImageCondition.OK);
        assertThat(show(10, _ -> Scenes.yard(1, 100, 1, 0, 0))).isEqualTo(ImageCondition.FROZEN);
        assertThat(show(1, _ -> Scenes.yard(2, 100, 1, 0, 0))).isEqualTo(ImageCondition.OK);
    }

    private ImageCondition show(int seconds, IntFunction<Luma> picture) {
        for (int i = 0; i < seconds; i++) {
            conditions.add(picture.apply(second), second);
            second++;
        }
        return conditions.now();
    }
}
