package dev.affray.cloud.fleet.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.cloud.function.runtime.FunctionJar;
import dev.affray.cloud.function.runtime.FunctionProcess;
import dev.affray.cloud.function.runtime.Start;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FleetJarIT {
    @Test
    void theJarIsSmallAndClean() throws IOException {
        FunctionJar.check(FunctionProcess.jar());
    }

    @Test
    void itDoesNotStartWithoutItsSettings() throws IOException {
        try (FunctionProcess function =
                FunctionProcess.start(FunctionProcess.jar(), FleetFunction.class.getName(), Map.of())) {
            assertThat(function.started())
                    .isInstanceOfSatisfying(
                            Start.Failed.class,
                            failed -> assertThat(failed.error()).contains("FLEET_TABLE is missing"));
            assertThat(function.ended()).isEqualTo(1);
        }
    }
}
