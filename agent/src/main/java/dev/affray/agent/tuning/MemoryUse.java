package dev.affray.agent.tuning;

/**
 * Memory that was taken.
 *
 * @param peakBytes at most
 * @param bytes now
 * @param scope of what
 */
public record MemoryUse(long peakBytes, long bytes, Scope scope) {
    /** What was counted. */
    public enum Scope {
        /** The whole process, as the kernel counts it: {@code VmHWM} and {@code VmRSS}. */
        PROCESS,

        /** Java's heap alone, without FFmpeg: where the system does not tell of the process. */
        JAVA_HEAP
    }
}
