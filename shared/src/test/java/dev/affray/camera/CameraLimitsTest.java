package dev.affray.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.document.Json;
import dev.affray.document.Reading;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CameraLimitsTest {
    private static CameraConfig camera(String sampling) {
        return ((Reading.Accepted<CameraConfig>) CameraDocument.read(Json.tree("""
                        {"name": "Yard", "site": {"name": "School", "zone": "Europe/Berlin"}, "sampling": %s}""".formatted(sampling)))).value();
    }

    private static CameraLimits most(double fps) {
        return new CameraLimits(OptionalDouble.of(fps), Optional.empty());
    }

    @Test
    void takeFramesAway_neverAdd() {
        CameraConfig yard = camera("{\"fps\": 2, \"activeFps\": 4}");

        assertThat(yard.within(CameraLimits.NONE)).isSameAs(yard);
        assertThat(yard.within(most(4))).isSameAs(yard);
        assertThat(yard.within(most(3)).sampling())
                .isEqualTo(new Sampling(
                        yard.sampling().mode(), 2, 3, yard.sampling().hold()));
        assertThat(yard.within(most(0.5)).sampling())
                .isEqualTo(new Sampling(
                        yard.sampling().mode(), 0.5, 0.5, yard.sampling().hold()));
        assertThat(yard.within(most(0.5)).alert()).isEqualTo(yard.alert());
    }

    @Test
    void mayLeaveTooFewFramesForAnAlarm() {
        CameraConfig yard = camera("{\"fps\": 2, \"activeFps\": 4}");

        assertThat(yard.canAlert()).isTrue();
        assertThat(yard.within(most(0.8)).canAlert())
                .as("2 of 2.5 s make three")
                .isTrue();
        assertThat(yard.within(most(0.79)).canAlert()).isFalse();
    }
}
