package dev.affray.agent.tuning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** What this process takes of the machine, FFmpeg in it included. */
final class ProcessUse {
    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessUse() {}

    /** Time of all processors together since the process began; zero where the system does not tell. */
    static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Its memory now, and at most so far. */
    static MemoryUse memory() {
        try {
            List<String> status = Files.isReadable(STATUS) ? Files.readAllLines(STATUS) : List.of();
            OptionalLong peak = bytes(status, "VmHWM:");
            OptionalLong now = bytes(status, "VmRSS:");
            if (peak.isPresent() && now.isPresent()) {
                return new MemoryUse(peak.getAsLong(), now.getAsLong(), MemoryUse.Scope.PROCESS);
            }
        } catch (IOException e) {
            // As where there is no such file.
        }
        long heap = Runtime.getRuntime().totalMemory();
        return new MemoryUse(heap, heap, MemoryUse.Scope.JAVA_HEAP);
    }

    private static OptionalLong bytes(List<String> status, String field) {
        return status.stream()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .findFirst();
    }
}
