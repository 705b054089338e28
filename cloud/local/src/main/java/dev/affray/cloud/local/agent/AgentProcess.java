package dev.affray.cloud.local.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent as a child process, started again when it dies. It runs with {@code AFFRAY_SUPERVISED=1} and a pipe as its standard input, and ends itself
 * when that pipe does: so it does not outlive this process, however this one dies. Thread-safe.
 */
public final class AgentProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentProcess.class);
    private static final long LOG_BYTES = 5 << 20;
    private static final int LOGS_KEPT = 3;

    private final List<String> command;
    private final RotatingLog log;
    private final LinePump lines;
    private final Backoff backoff;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicLong restarts = new AtomicLong();
    private final CompletableFuture<Integer> exited = new CompletableFuture<>();
    private final Thread supervisor;
    private volatile Life life;

    private AgentProcess(List<String> command, Path logFile, Consumer<String> listener, Backoff backoff)
            throws IOException {
        this.command = command;
        this.log = new RotatingLog(logFile, LOG_BYTES, LOGS_KEPT);
        this.lines = new LinePump(log, listener);
        this.backoff = backoff;
        this.life = Life.begin(command, lines);
        this.supervisor = Thread.ofPlatform().daemon().name("agent-supervisor").unstarted(this::supervise);
    }

    /**
     * Starts the agent.
     *
     * @param agentHome the unpacked agent, with its jars under lib
     * @param arguments of its main program
     * @param logFile gets what it prints; put aside at 5 MB, three old ones are kept
     * @param listener gets each line it prints, on a thread of its own
     * @throws IOException when there is no agent in that folder or it cannot be started
     */
    public static AgentProcess start(Path agentHome, List<String> arguments, Path logFile, Consumer<String> listener)
            throws IOException {
        return start(AgentCommand.of(agentHome, arguments), logFile, listener, Backoff.USUAL);
    }

    static AgentProcess start(List<String> command, Path logFile, Consumer<String> listener, Backoff backoff)
            throws IOException {
        AgentProcess agent = new AgentProcess(command, logFile, listener, backoff);
        agent.supervisor.start();
        return agent;
    }

    /** Completes with 0 when the agent ended by itself with nothing left to do, or with its last exit code after {@link #close}. */
    public CompletableFuture<Integer> exited() {
        return exited.copy();
    }

    /** The process id of the agent; between two lives, of the one that ended. */
    public long pid() {
        return life.pid();
    }

    /** How often it died and was started again. */
    public long restarts() {
        return restarts.get();
    }

    /** Asks the agent to end, kills it after ten seconds, and returns when it is gone. Idempotent. */
    @Override
    public void close() {
        closing.countDown();
        try {
            current().end();
            supervisor.join();
            log.close();
        } catch (InterruptedException e) {
            life.kill();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("The agent's log was not closed: {}", e.toString());
        }
    }

    private void supervise() {
        try {
            int code = life.awaitEnd();
            int reported = 0;
            Duration wait = Duration.ZERO;
            while (code != 0 && closing.getCount() > 0) {
                wait = backoff.after(wait, life.lived());
                if (code != reported || Long.bitCount(restarts.get() + 1) == 1) {
                    LOG.warn(
                            "The agent ended with code {}; start {} in {} ms",
                            code,
                            restarts.get() + 1,
                            wait.toMillis());
                    reported = code;
                }
                if (!closing.await(wait.toMillis(), TimeUnit.MILLISECONDS) && restarted()) {
                    code = life.awaitEnd();
                }
            }
            exited.complete(code);
        } catch (InterruptedException e) {
            life.kill();
            exited.completeExceptionally(e);
        }
    }

    /** The life that {@link #close} must end: none begins once it has asked, for beginning takes the same lock. */
    private synchronized Life current() {
        return life;
    }

    private synchronized boolean restarted() {
        if (closing.getCount() == 0) {
            return false;
        }
        restarts.incrementAndGet();
        try {
            life = Life.begin(command, lines);
            return true;
        } catch (IOException e) {
            LOG.warn("The agent cannot be started: {}", e.toString());
            return false;
        }
    }
}
