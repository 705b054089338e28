package dev.affray.cloud.fleet;

import dev.affray.cloud.fleet.Model.State;
import dev.affray.cloud.state.CameraRecord;
import dev.affray.cloud.state.GatewayRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether what judges the frames can do so: by the frames, and by the model's own word. That is asked for at most once in a look, and only when a camera
 * that is there is armed, or when people were told that the model is off. Of one look and one thread.
 */
final class Blindness {
    private final Judging judging;
    private final Model model;
    private final Instant now;
    private @Nullable State said;

    Blindness(Judging judging, Model model, Instant now) {
        this.judging = judging;
        this.model = model;
        this.now = now;
    }

    /** What the model said; nothing when it was not asked. */
    Optional<State> answer() {
        return Optional.ofNullable(said);
    }

    /**
     * What to say of a gateway.
     *
     * @param cameras all that hang on it
     * @param told what people were last told, and what lasts since; none when nothing does
     */
    Finding of(GatewayRecord gateway, List<CameraRecord> cameras, @Nullable String told) {
        Finding frames = judging.of(gateway, cameras, now);
        boolean blamed = told != null && State.Off.told(told);
        if (cameras.stream().noneMatch(Sight::isAwaited)) {
            return blamed ? new Finding.Right(now) : frames;
        }
        boolean armed = Sight.isHeard(gateway, now)
                && cameras.stream().anyMatch(c -> Sight.isAwaited(c) && Judging.isArmed(c, now, now));
        if (!armed && !blamed) {
            return frames;
        }
        return switch (said()) {
            // No frame may come for long, and frames that are there are a matter of their own.
            case State.Running() -> blamed && frames instanceof Finding.Unsure ? new Finding.Right(now) : frames;
            case State.Off off -> armed ? new Finding.Wrong(now, off.detail()) : new Finding.Unsure();
            // What was judged before it went off does not tell that it is back.
            case State.Starting() -> blamed ? new Finding.Unsure() : frames;
            case State.Unknown _ -> blamed ? new Finding.Unsure() : frames;
        };
    }

    private State said() {
        if (said == null) {
            said = model.state();
        }
        return said;
    }
}
