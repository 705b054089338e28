package dev.affray.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.affray.camera.Polygon.Corner;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolygonTest {
    private final Polygon arrow =
            new Polygon(List.of(new Corner(0, 0), new Corner(1, 0.5), new Corner(0, 1), new Corner(0.5, 0.5)));

    @Test
    void containsWhatLiesBetweenItsEdges_alsoWhereItIsHollow() {
        assertThat(arrow.contains(0.7, 0.5)).isTrue();
        assertThat(arrow.contains(0.2, 0.15)).isTrue();
        assertThat(arrow.contains(0.2, 0.5)).isFalse();
        assertThat(arrow.contains(0.9, 0.1)).isFalse();
        assertThat(arrow.contains(-1, 0.5)).isFalse();
    }

    @Test
    void hasThreeCornersAtLeast() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Polygon(List.of(new Corner(0, 0), new Corner(1, 1))));
    }
}
