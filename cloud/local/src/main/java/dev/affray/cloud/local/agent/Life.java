package dev.affray.cloud.local.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of the child, from its start to its end, with the thread that reads its output. */
final class Life {
    private static final long TERM_SECONDS = 10;
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Process process;
    private final Thread reader;
    private final long startedAt = System.nanoTime();

    private Life(Process process, Thread reader) {
        this.process = process;
        this.reader = reader;
    }

    /** Its standard input stays open as long as this process lives: nobody closes it, and the system does at the end. */
    static Life begin(List<String> command, LinePump lines) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("AFFRAY_SUPERVISED", "1");
        AgentCommand.withoutSecrets(builder);
        Process process = builder.start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        Thread reader = Thread.ofPlatform().daemon().name("agent-output").start(() -> lines.run(output));
        return new Life(process, reader);
    }

    long pid() {
        return process.pid();
    }

    Duration lived() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    /** Waits for its end, and shortly for its last words. */
    int awaitEnd() throws InterruptedException {
        int code = process.waitFor();
        reader.join(LAST_WORDS);
        return code;
    }

    /** SIGTERM, and SIGKILL after ten seconds. Through the handle, because {@link Process#destroy} would cut off its last words. */
    void end() throws InterruptedException {
        process.toHandle().destroy();
        if (!process.waitFor(TERM_SECONDS, TimeUnit.SECONDS)) {
            kill();
            process.waitFor();
        }
    }

    void kill() {
        process.toHandle().destroyForcibly();
    }
}
