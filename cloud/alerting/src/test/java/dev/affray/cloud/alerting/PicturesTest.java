package dev.affray.cloud.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.camera.Language;
import dev.affray.cloud.state.Step;
import dev.affray.incident.BestFrame;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PicturesTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Alert alert = Alerts.fight(Step.OPENED, Language.ENGLISH, null);
    private final List<BestFrame> frames = alert.incident().bestFrames();

    @Test
    void readsAll_theStrongestFirst() {
        assertThat(shown(_ -> Optional.of(new byte[10]), LONG, 50)).containsExactlyElementsOf(frames);
    }

    @Test
    void theMailNeverWaitsForAPicture() {
        CountDownLatch never = new CountDownLatch(1);
        BestFrame stuck = frames.get(1);
        Function<String, Optional<byte[]>> store = key -> {
            try {
                if (key.equals(stuck.key())) {
                    never.await();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Optional.of(new byte[1]);
        };

        assertThat(shown(store, Duration.ofSeconds(1), 50))
                .containsExactly(frames.get(0), frames.get(2), frames.get(3), frames.get(4));
    }

    @Test
    void leavesOutWhatIsNotThere_andWhatCannotBeRead() {
        Function<String, Optional<byte[]>> store = key -> {
            if (key.equals(frames.get(2).key())) {
                throw new IllegalStateException("the store is out of reach");
            }
            return key.equals(frames.get(0).key()) ? Optional.empty() : Optional.of(new byte[1]);
        };

        assertThat(shown(store, LONG, 50)).containsExactly(frames.get(1), frames.get(3), frames.get(4));
    }

    @Test
    void leavesOutTheWeakest_whenTheMailWouldBeTooBig() {
        assertThat(shown(_ -> Optional.of(new byte[20]), LONG, 50)).containsExactlyElementsOf(frames.subList(0, 2));
    }

    @Test
    void aConditionAndADigestHaveNone() {
        try (Pictures pictures = new Pictures(_ -> Optional.of(new byte[1]), LONG, 50)) {
            assertThat(pictures.of(Alerts.gone(Step.OPENED, "gateway-1/door", "Door", true)))
                    .isEmpty();
            assertThat(pictures.of(new Digest(List.of(alert)))).isEmpty();
        }
    }

    private List<BestFrame> shown(Function<String, Optional<byte[]>> store, Duration patience, long most) {
        try (Pictures pictures = new Pictures(store, patience, most)) {
            return List.copyOf(pictures.of(alert).keySet());
        }
    }
}
