package dev.affray.agent.health;

import dev.affray.health.CameraHealth;
import dev.affray.health.CameraState;
import dev.affray.health.HealthReport;
import dev.affray.health.SpoolState;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Makes the health document for whoever asks; the figures of one camera in it fit together. Remembers since when each camera is in its state, as far as it is asked. Thread-safe. */
public final class HealthReports {
    private final String thing;
    private final Supplier<List<CameraHealth>> cameras;
    private final GatewayFigures gateway;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Map<String, Entered> entered = new HashMap<>();

    private record Entered(CameraState state, long atNanos) {}

    /** @param cameras thread-safe; so are the gateway's figures */
    public HealthReports(String thing, Supplier<List<CameraHealth>> cameras, GatewayFigures gateway, Clock clock) {
        this(thing, cameras, gateway, clock, System::nanoTime);
    }

    HealthReports(
            String thing,
            Supplier<List<CameraHealth>> cameras,
            GatewayFigures gateway,
            Clock clock,
            LongSupplier nanos) {
        this.thing = thing;
        this.cameras = cameras;
        this.gateway = gateway;
        this.clock = clock;
        this.nanos = nanos;
    }

    /** The report as things are now. */
    public HealthReport now() {
        return of(cameras(), false);
    }

    HealthReport of(List<CameraHealth> asked, boolean last) {
        return new HealthReport(thing, clock.instant().truncatedTo(ChronoUnit.MILLIS), last, gateway.now(), asked);
    }

    List<CameraHealth> cameras() {
        List<CameraHealth> now = cameras.get();
        note(now);
        return now;
    }

    private synchronized void note(List<CameraHealth> now) {
        for (CameraHealth camera : now) {
            Entered before = entered.get(camera.camera());
            if (before == null || before.state() != camera.state()) {
                entered.put(camera.camera(), new Entered(camera.state(), nanos.getAsLong()));
            }
        }
    }

    /** How long a camera has been in the state it was last seen in; to about a second where the health loop looks. Zero for one that was never seen. */
    public synchronized Duration inState(String camera) {
        Entered since = entered.get(camera);
        return since == null ? Duration.ZERO : Duration.ofNanos(nanos.getAsLong() - since.atNanos());
    }

    SpoolState spoolState() {
        return gateway.spoolState();
    }
}
