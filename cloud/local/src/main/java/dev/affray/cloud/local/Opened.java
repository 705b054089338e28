package dev.affray.cloud.local;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parts that were started, to be closed in reverse. One that fails to close does not keep the others open. */
final class Opened implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Opened.class);

    private final Deque<Part> parts = new ArrayDeque<>();

    private record Part(AutoCloseable part, boolean slow) {}

    <T extends AutoCloseable> T add(T part) {
        parts.push(new Part(part, false));
        return part;
    }

    /**
     * Adds a part that takes seconds to close, and must not mind that parts which were added after it are closed meanwhile: its closing begins before all
     * others, on a thread of its own, and is waited for in its turn.
     */
    <T extends AutoCloseable> T addSlow(T part) {
        parts.push(new Part(part, true));
        return part;
    }

    @Override
    public void close() {
        List<Runnable> closings = new ArrayList<>();
        parts.forEach(part -> closings.add(closing(part)));
        parts.clear();
        closings.forEach(Runnable::run);
    }

    /** What is left to do in a part's turn. */
    private static Runnable closing(Part part) {
        if (!part.slow) {
            return () -> close(part.part);
        }
        Thread begun = Thread.ofPlatform().name("closing").start(() -> close(part.part));
        return () -> await(begun);
    }

    private static void await(Thread closing) {
        try {
            closing.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            log.warn("{} did not close cleanly: {}", part.getClass().getSimpleName(), e.toString());
        }
    }
}
