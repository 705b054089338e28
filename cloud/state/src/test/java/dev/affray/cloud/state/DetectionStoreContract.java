package dev.affray.cloud.state;

import static dev.affray.cloud.state.Examples.DOOR;
import static dev.affray.cloud.state.Examples.at;
import static dev.affray.cloud.state.Examples.detection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.frame.CameraId;
import org.junit.jupiter.api.Test;

/** What every {@link DetectionStore} must do. */
public abstract class DetectionStoreContract {
    /** The store under test, empty. */
    protected abstract DetectionStore store();

    @Test
    void keepsTheFirstDetectionOfAFrame_andSaysSo() {
        Detection first = detection(DOOR, 1, 1, 80);
        Detection second = detection(DOOR, 1, 1, 20);

        assertThat(store().put(first)).isTrue();
        assertThat(store().put(second)).isFalse();
        assertThat(store().between(DOOR, at(0), at(2))).containsExactly(first);
    }

    @Test
    void rangesAreOpenAtBothEnds_andSortedByCapture() {
        for (int second : new int[] {4, 2, 3, 1, 5}) {
            store().put(detection(DOOR, second, second, 50));
        }

        assertThat(store().between(DOOR, at(1), at(5)))
                .extracting(d -> d.frame().capturedAt())
                .containsExactly(at(2), at(3), at(4));
        assertThat(store().between(DOOR, at(0.999), at(1.001))).hasSize(1);
    }

    @Test
    void keepsFramesOfTheSameMillisecondApart_bySequence() {
        store().put(detection(DOOR, 1, 7, 50));
        store().put(detection(DOOR, 1, 8, 60));

        assertThat(store().between(DOOR, at(0), at(2)))
                .extracting(d -> d.frame().sequence())
                .containsExactly(7L, 8L);
    }

    @Test
    void keepsCamerasApart_evenWhenOneNameBeginsWithTheOther() {
        CameraId other = new CameraId(DOOR.thing(), DOOR.camera() + "-2");
        store().put(detection(DOOR, 1, 1, 50));
        store().put(detection(other, 2, 1, 60));

        assertThat(store().between(DOOR, at(0), at(9))).hasSize(1);
        assertThat(store().newest(other)).get().isEqualTo(detection(other, 2, 1, 60));
    }

    @Test
    void theNewestIsTheOneCapturedLast_notTheOneStoredLast() {
        store().put(detection(DOOR, 9, 9, 50));
        store().put(detection(DOOR, 3, 3, 50));

        assertThat(store().newest(DOOR)).get().isEqualTo(detection(DOOR, 9, 9, 50));
        assertThat(store().newest(new CameraId("nobody", "nothing"))).isEmpty();
    }
}
