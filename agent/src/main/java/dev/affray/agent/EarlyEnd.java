package dev.affray.agent;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** SIGINT and SIGTERM end a command early, and not before it has printed what it has. */
final class EarlyEnd implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 15;

    private final CountDownLatch over = new CountDownLatch(1);
    private volatile int code = 1;
    private final Thread hook;

    private EarlyEnd(Runnable end) {
        hook = Thread.ofPlatform().name("stop").unstarted(() -> {
            end.run();
            await();
            Runtime.getRuntime().halt(code);
        });
    }

    /** @param end tells the command to come to its end, and returns at once */
    static EarlyEnd install(Runnable end) {
        EarlyEnd installed = new EarlyEnd(end);
        Runtime.getRuntime().addShutdownHook(installed.hook);
        return installed;
    }

    /** Everything is printed; the process may end with this code. */
    void printed(int exitCode) {
        code = exitCode;
        over.countDown();
    }

    private void await() {
        try {
            boolean _ = over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on signals end the process as they would without it. */
    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already.
        }
    }
}
