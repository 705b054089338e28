package dev.affray.health;

/**
 * What became of one camera's frames since the agent started. Two laws hold at any moment a consistent snapshot is taken: {@code captured = skipped +
 * failed + spooled} and {@code spooled + recovered = uploaded + evicted + rejected + setAside + pending}.
 *
 * @param captured sampling instants
 * @param skipped of these, not worth sending
 * @param failed of these, lost to a decoder, encoder or disk error
 * @param spooled of these, written to the spool
 * @param recovered found in the spool at start
 * @param uploaded acknowledged by S3
 * @param evicted removed unsent because the spool was full or the frame too old
 * @param rejected refused by S3 for good
 * @param setAside found unreadable in the spool and kept aside
 * @param pending in the spool now
 * @param gated why instants were skipped; nothing in the reports of agents that did not tell
 */
public record FrameCounts(
        long captured,
        long skipped,
        long failed,
        long spooled,
        long recovered,
        long uploaded,
        long evicted,
        long rejected,
        long setAside,
        long pending,
        GateCounts gated) {
    public FrameCounts {
        if (gated == null) {
            gated = GateCounts.NONE;
        }
    }

    /** Counts in which nothing is said of why instants were skipped. */
    public FrameCounts(
            long captured,
            long skipped,
            long failed,
            long spooled,
            long recovered,
            long uploaded,
            long evicted,
            long rejected,
            long setAside,
            long pending) {
        this(
                captured,
                skipped,
                failed,
                spooled,
                recovered,
                uploaded,
                evicted,
                rejected,
                setAside,
                pending,
                GateCounts.NONE);
    }

    /** Nothing happened yet. */
    public static final FrameCounts NONE = new FrameCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Whether both conservation laws hold. */
    public boolean conserved() {
        return captured == skipped + failed + spooled
                && spooled + recovered == uploaded + evicted + rejected + setAside + pending;
    }
}
