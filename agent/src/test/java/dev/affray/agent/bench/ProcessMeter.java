package dev.affray.agent.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a process takes, seen from outside, as Linux counts it. To be asked at least once a second or so: what a thread did after it was last seen, and before
 * it ended, is not counted. For one thread.
 */
final class ProcessMeter {
    private final Path folder;
    private final Map<String, Long> nanos = new HashMap<>();

    ProcessMeter(long pid) {
        folder = Path.of("/proc", Long.toString(pid));
    }

    /** Processor time of all its threads since it began, in nanoseconds, ended ones as they were seen last. */
    long cpuNanos() {
        try (Stream<Path> threads = Files.list(folder.resolve("task"))) {
            threads.forEach(thread -> {
                try {
                    String[] times =
                            Files.readString(thread.resolve("schedstat")).split(" ");
                    nanos.put(thread.getFileName().toString(), Long.parseLong(times[0]));
                } catch (IOException e) {
                    // It ended meanwhile.
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the process has ended", e);
        }
        return nanos.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Resident memory now, in bytes; what is shared with other processes in equal parts. */
    long memoryBytes() {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("smaps_rollup"));
            return lines.stream()
                    .filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("the process has ended", e);
        }
    }
}
