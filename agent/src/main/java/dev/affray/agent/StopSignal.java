package dev.affray.agent;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SIGTERM and SIGINT: closes the agent and ends the process with 0, so that a supervisor does not take a clean stop for a failure. */
final class StopSignal {
    private static final Logger log = LoggerFactory.getLogger(StopSignal.class);

    private StopSignal() {}

    /** Closes the agent when the process is told to stop. An agent that was closed already is left alone, and so is the exit code. */
    static void install(Agent agent) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            if (agent.isClosed()) {
                return;
            }
            log.info("Stopping");
            agent.close();
            log.info("Stopped");
            Runtime.getRuntime().halt(0);
        }));
    }
}
