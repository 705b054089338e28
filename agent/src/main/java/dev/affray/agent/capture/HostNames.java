package dev.affray.agent.capture;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Resolves the name of a host before FFmpeg does, whose own lookup nothing can end: where no name server answers, that would hang every camera's thread. A
 * lookup that hangs here holds one thread for each name, however often it is tried. Thread-safe.
 */
final class HostNames {
    private static final HostNames SYSTEM = new HostNames(InetAddress::getByName);
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*]");
    private static final long LOOK_MILLIS = 50;

    private final Resolver resolver;
    private final Map<String, CompletableFuture<Boolean>> underWay = new ConcurrentHashMap<>();

    /** Finds the address of a name, however long that takes. */
    interface Resolver {
        InetAddress resolve(String host) throws UnknownHostException;
    }

    HostNames(Resolver resolver) {
        this.resolver = resolver;
    }

    /** Those that the system knows. */
    static HostNames system() {
        return SYSTEM;
    }

    /**
     * Returns when the name is known to have an address. Does nothing for what is an address already.
     *
     * @throws CaptureException when it has none, when finding it takes too long, or when the interrupt is raised meanwhile
     */
    void check(String host, Interrupt interrupt, long timeoutNanos) throws CaptureException {
        if (ADDRESS.matcher(host).matches()) {
            return;
        }
        interrupt.within(timeoutNanos);
        CompletableFuture<Boolean> lookup = underWay.computeIfAbsent(host, this::begin);
        while (!interrupt.raised() && !interrupt.overdue()) {
            try {
                if (lookup.get(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
                throw CaptureException.passing("the host name cannot be resolved");
            } catch (TimeoutException e) {
                // Not yet.
            } catch (ExecutionException e) {
                throw CaptureException.passing("the host name cannot be resolved: " + e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw CaptureException.passing("closed");
            }
        }
        throw CaptureException.passing(
                "no name server told the host's address within " + TimeUnit.NANOSECONDS.toSeconds(timeoutNanos) + " s");
    }

    private CompletableFuture<Boolean> begin(String host) {
        CompletableFuture<Boolean> lookup = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("lookup-" + host).start(() -> {
            try {
                lookup.complete(resolver.resolve(host) != null);
            } catch (UnknownHostException e) {
                lookup.complete(false);
            } catch (RuntimeException | Error e) {
                lookup.completeExceptionally(e);
            } finally {
                underWay.remove(host);
            }
        });
        return lookup;
    }
}
