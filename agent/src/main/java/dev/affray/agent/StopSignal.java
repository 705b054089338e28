package dev.affray.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM and SIGINT: closes the agent and ends the process with 0, so that a supervisor does not take a clean stop for a failure. A supervisor that sets
 * {@code AFFRAY_SUPERVISED=1} holds the agent's standard input open; when it dies, and the input ends, the agent stops too.
 */
final class StopSignal {
    private static final Logger log = LoggerFactory.getLogger(StopSignal.class);

    /** Long enough for the last upload and the last health report. */
    private static final Duration FAREWELL = Duration.ofSeconds(20);

    private StopSignal() {}

    /**
     * Closes the agent when the process is told to stop, or waits for a close that is under way. The exit code is left alone when somebody closed the
     * agent before.
     */
    static void install(Agent agent) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            boolean running = !agent.isClosed();
            if (running) {
                log.info("Stopping");
            }
            agent.close();
            if (running) {
                log.info("Stopped");
                Runtime.getRuntime().halt(0);
            }
        }));
        if ("1".equals(System.getenv("AFFRAY_SUPERVISED"))) {
            Thread.ofPlatform().daemon().name("supervisor").start(StopSignal::stopWithSupervisor);
        }
    }

    /** Ends the process with this code some seconds from now, if nothing else has by then. */
    static void endSoon(int code) {
        Thread.ofPlatform().daemon().name("end").start(() -> {
            try {
                Thread.sleep(FAREWELL);
            } catch (InterruptedException e) {
                log.debug("Nobody interrupts this thread", e);
            }
            log.error("The agent could not be closed within {} s", FAREWELL.toSeconds());
            Runtime.getRuntime().halt(code);
        });
    }

    private static void stopWithSupervisor() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            log.debug("standard input failed: {}", e.toString());
        }
        log.info("The supervisor is gone");
        System.exit(0);
    }
}
