package dev.affray.cloud.state;

import static dev.affray.cloud.state.Examples.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.document.Json;
import dev.affray.health.CameraHealth;
import dev.affray.health.CameraState;
import dev.affray.health.FrameCounts;
import dev.affray.health.GatewayHealth;
import dev.affray.health.HealthReport;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VitalsTest {
    private static Standing door(Vitals vitals) {
        return vitals.cameras().get("door");
    }

    private static HealthReport report(double sentAt, CameraState state, long frames) {
        FrameCounts counts = new FrameCounts(frames, 0, 0, frames, 0, frames, 0, 0, 0, 0);
        return new HealthReport(
                "g",
                at(sentAt),
                false,
                new GatewayHealth("1", at(0), 0, 100, 1000, null, 3.5, null),
                List.of(new CameraHealth("door", state, null, null, null, 2, 0, 0, counts)));
    }

    @Test
    void afterAGapAllBeginsAnew() {
        Vitals first = Vitals.after(null, report(0, CameraState.STALLED, 5), at(0));
        Vitals near = Vitals.after(first, report(100, CameraState.STALLED, 5), at(100));
        assertThat(near.heardSince()).isEqualTo(at(0));
        assertThat(door(near).since()).isEqualTo(at(0));

        Vitals far = Vitals.after(near, report(201, CameraState.STALLED, 5), at(200.001));
        assertThat(far.heardSince()).isEqualTo(at(200.001));
        assertThat(door(far).since()).isEqualTo(at(200.001));
        assertThat(door(far).before()).isNull();
    }

    @Test
    void marksStandForThreeMinutes_byTheGatewaysClock_andAnAgentThatBeginsAnewMakesNewOnes() {
        Vitals vitals = Vitals.after(null, report(5000, CameraState.STREAMING, 0), at(0));
        for (int i = 1; i <= 8; i++) {
            vitals = Vitals.after(vitals, report(5000 + 30 * i, CameraState.STREAMING, 60L * i), at(30 * i));
        }
        assertThat(door(vitals).before()).isEqualTo(new Standing.Mark(at(0), at(5000), 0, 0));
        assertThat(door(vitals).mark()).isEqualTo(new Standing.Mark(at(180), at(5180), 360, 360));

        vitals = Vitals.after(vitals, report(5270, CameraState.STREAMING, 3), at(270));
        assertThat(door(vitals).before()).isNull();
        assertThat(door(vitals).mark().spooled()).isEqualTo(3);
    }

    @Test
    void isKeptAsADocument() {
        Vitals vitals = Vitals.after(null, report(0, CameraState.STALLED, 5), at(0));
        assertThat(Json.read(Json.write(vitals), Vitals.class)).isEqualTo(vitals);
    }

    /** What a person with all reports on paper would say: the first of the last run of equal answers, counted from the last gap. */
    @Test
    void sinceIsTheBeginningOfTheLastRun_whateverCame() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Vitals vitals = null;
            double now = 0;
            double since = 0;
            Boolean well = null;
            for (int i = 0; i < 30; i++) {
                double pause = random.nextInt(140);
                now += pause;
                CameraState state = CameraState.values()[random.nextInt(CameraState.values().length)];
                if (well == null || pause > 100 || well != state.isWell()) {
                    since = now;
                }
                well = state.isWell();
                vitals = Vitals.after(vitals, report(now, state, i), at(now));
                assertThat(door(vitals).since()).as("seed " + seed).isEqualTo(at(since));
                assertThat(door(vitals).well()).isEqualTo(well);
            }
        }
    }
}
