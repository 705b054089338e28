package dev.affray.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.frame.Frame;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order frames leave the spool by. */
class TurnsTest {
    @TempDir
    Path data;

    private Gateway gateway;

    @BeforeEach
    void start() {
        gateway = new Gateway(data);
    }

    private List<Frame> takeAll() throws InterruptedException {
        List<Frame> taken = new ArrayList<>();
        for (var lease = gateway.takeIfAny(); lease.isPresent(); lease = gateway.takeIfAny()) {
            taken.add(lease.get().frame());
        }
        return taken;
    }

    @Test
    void aFloodOfOneCameraDoesNotHoldUpAnother() throws Exception {
        Frame quiet = gateway.add("quiet");
        List<Frame> flood = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            flood.add(gateway.add("flood"));
        }
        assertThat(List.of(gateway.take().frame(), gateway.take().frame())).containsExactly(flood.getLast(), quiet);

        for (int i = 0; i < 5; i++) {
            gateway.add("flood");
            gateway.add("flood");
            Frame next = gateway.add("quiet");
            gateway.add("flood");
            assertThat(List.of(gateway.take().frame(), gateway.take().frame())).contains(next);
        }
    }

    @Test
    void liveFramesOfAllCamerasGoBeforeAnyThatIsLate() throws Exception {
        Frame lateYard = gateway.add("yard");
        Frame laterYard = gateway.add("yard");
        Frame lateHall = gateway.add("hall");
        gateway.pass(Gateway.MAX_LAG);
        Frame first = gateway.add("gate");
        Frame second = gateway.add("gate");
        Frame hall = gateway.add("hall");

        assertThat(takeAll()).containsExactly(hall, second, first, laterYard, lateHall, lateYard);
    }

    @Test
    void theBacklogGoesTheNewestFirst_byTurnsOfTheCameras() throws Exception {
        List<Frame> yard = List.of(gateway.add("yard"), gateway.add("yard"), gateway.add("yard"));
        Frame hall = gateway.add("hall");
        gateway.pass(Duration.ofHours(1));

        assertThat(takeAll()).containsExactly(hall, yard.get(2), yard.get(1), yard.get(0));
    }

    @Test
    void aFrameOfUnknownAgeIsLate() throws Exception {
        Frame before = gateway.add("yard");
        gateway.boot = "boot-2";
        gateway.start();
        Frame hall = gateway.add("hall");
        gateway.add("hall");

        List<Frame> order = takeAll();
        assertThat(order).hasSize(3).endsWith(before).contains(hall);
    }
}
