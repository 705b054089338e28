package dev.affray.agent.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * What processes took of the machine in a window, all together.
 *
 * @param cores processor seconds in a second
 * @param bytes memory, at most
 */
record Use(double cores, long bytes) {
    private static final long STEP_NANOS = 1_000_000_000;

    /** Lets processes that were just started warm up, and measures them. They go on. */
    static Use of(List<Process> processes, Window window) throws InterruptedException {
        List<ProcessMeter> meters =
                processes.stream().map(p -> new ProcessMeter(p.pid())).toList();
        watch(processes, meters, window.warmUp().toNanos());
        long began = System.nanoTime();
        long before = cpu(meters);
        long most = watch(processes, meters, window.length().toNanos());
        long spent = cpu(meters) - before;
        return new Use(spent / (double) (System.nanoTime() - began), most);
    }

    private static long watch(List<Process> processes, List<ProcessMeter> meters, long nanos)
            throws InterruptedException {
        long began = System.nanoTime();
        long most = 0;
        long left = nanos;
        while (left > 0) {
            Thread.sleep(Math.max(1, Math.min(left, STEP_NANOS) / 1_000_000));
            assertThat(processes).as("they all still run").allMatch(Process::isAlive);
            cpu(meters);
            most = Math.max(
                    most, meters.stream().mapToLong(ProcessMeter::memoryBytes).sum());
            left = nanos - (System.nanoTime() - began);
        }
        return most;
    }

    private static long cpu(List<ProcessMeter> meters) {
        return meters.stream().mapToLong(ProcessMeter::cpuNanos).sum();
    }
}
