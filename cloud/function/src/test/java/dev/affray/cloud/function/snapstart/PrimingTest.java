package dev.affray.cloud.function.snapstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.cloud.function.Output;
import dev.affray.document.Json;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PrimingTest {
    @Test
    void runsItsStepBeforeTheSnapshot_notAtOnce() {
        AtomicInteger runs = new AtomicInteger();
        Priming priming = Priming.before(runs::incrementAndGet);
        assertThat(runs).hasValue(0);

        priming.run();
        assertThat(runs).hasValue(1);
    }

    @Test
    void aStepThatFailsIsTold_andNeverStopsTheSnapshot() {
        Priming priming = Priming.before(() -> {
            throw new IOException("no such table");
        });

        List<String> log = Output.of(priming::run);

        assertThat(log).hasSize(1);
        assertThat(Json.tree(log.getFirst()).path("level").asText()).isEqualTo("WARN");
        assertThat(Json.tree(log.getFirst()).path("errorMessage").asText()).isEqualTo("no such table");
    }
}
