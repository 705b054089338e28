package dev.affray.agent.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.affray.agent.training.Share.Play;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShareTest {
    @Test
    void drawsSources_notClips() {
        List<Play> spread = new ArrayList<>();
        List<Play> alike = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            spread.add(play(i, "source " + i, i % 2 == 0));
            alike.add(play(i, "source " + i % 4, i % 2 == 0));
        }
        Share narrow = Share.of(spread, 1);
        Share wide = Share.of(alike, 1);
        assertThat(narrow.value()).isEqualTo(0.5);
        assertThat(narrow.low()).isBetween(0.3, 0.45);
        assertThat(narrow.high()).isBetween(0.55, 0.7);
        assertThat(wide.value()).isEqualTo(0.5);
        assertThat(wide.low()).isLessThan(0.2);
        assertThat(wide.high()).isGreaterThan(0.8);
        assertThat(Share.of(alike, 1)).isEqualTo(wide);
    }

    @Test
    void hasAnEnd_whereEveryDrawWouldGiveTheSame() {
        List<Play> none = new ArrayList<>();
        List<Play> all = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            for (int round = 0; round < 2; round++) {
                none.add(play(i, "source " + i % 9, false));
                all.add(play(i, "source " + i % 9, true));
            }
        }
        Share zero = Share.of(none, 1);
        assertThat(zero.value()).isZero();
        assertThat(zero.low()).isZero();
        assertThat(zero.high())
                .as("a clip counts once, however often it is played")
                .isCloseTo(0.0327, within(1e-3));
        Share one = Share.of(all, 1);
        assertThat(one.low()).isCloseTo(0.9673, within(1e-3));
        assertThat(one.high()).isEqualTo(1);
    }

    private static Play play(int clip, String source, boolean hit) {
        return new Play(new LabelledClip(Path.of("c" + clip), "c" + clip, false, source), hit);
    }
}
