package dev.affray.cloud.function.snapstart;

import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warms a function up just before SnapStart takes the snapshot that every later start is restored from. The step is a harmless read through the
 * function's own clients: it loads their classes, compiles some of them, and goes once through credentials, TLS and the parsing of an answer. Where
 * there is no SnapStart it never runs.
 *
 * <ul>
 *   <li>A step that fails is logged and the snapshot is taken all the same, only colder. A table or a permission that is not there yet must not block a
 *       deployment, and an invocation tells of it anyway. A step must end by itself, so its clients need a time-out.
 *   <li>The snapshot is restored many times over. Nothing random, unique or secret may be made before it; read secrets and make ids while
 *       handling an event.
 *   <li>Connections do not outlive the snapshot. The SDK's clients open new ones and retry, so nothing is closed or reopened here.
 *       Credentials that the SDK holds carry their expiry, and it fetches new ones.
 * </ul>
 */
public final class Priming {
    private static final Logger LOG = LoggerFactory.getLogger(Priming.class);

    private final Step step;

    /** A field, because the context refers to it only weakly. */
    private final Resource hook = new Hook();

    private Priming(Step step) {
        this.step = step;
        Core.getGlobalContext().register(hook);
    }

    /** Registers a step. Keep what is returned in a field of the function: nothing else does. */
    public static Priming before(Step step) {
        return new Priming(step);
    }

    /** Runs the step, as the runtime does before the snapshot; never throws. */
    public void run() {
        try {
            step.run();
            LOG.info("primed for the snapshot");
        } catch (Exception e) {
            LOG.warn("priming failed; the snapshot is taken all the same, only colder", e);
        }
    }

    /** What warms a function up. */
    @FunctionalInterface
    public interface Step {
        /** May throw whatever its clients throw. */
        void run() throws Exception;
    }

    private final class Hook implements Resource {
        @Override
        public void beforeCheckpoint(Context<? extends Resource> context) {
            Priming.this.run();
        }

        /** Nothing has to be made anew. */
        @Override
        public void afterRestore(Context<? extends Resource> context) {}
    }
}
