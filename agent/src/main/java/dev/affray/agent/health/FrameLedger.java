package dev.affray.agent.health;

import dev.affray.health.FrameCounts;
import dev.affray.health.GateCounts;

/**
 * One camera's book-keeping. Every sampling instant is entered once, together with what became of it, and every spooled frame leaves the books by
 * exactly one door; so both conservation laws of {@link FrameCounts} hold in every snapshot. Thread-safe.
 */
public final class FrameLedger {
    /** What found a sampling instant not worth sending. */
    public enum Stage {
        PACKETS,
        MOTION,
        DUPLICATES
    }

    private long skippedByPackets;
    private long skippedByMotion;
    private long skippedAsDuplicates;
    private long failed;
    private long spooled;
    private long recovered;
    private long uploaded;
    private long evicted;
    private long rejected;
    private long setAside;
    private long reconnects;

    /** A sampling instant whose frame was not worth sending. */
    public synchronized void skipped(Stage stage) {
        switch (stage) {
            case PACKETS -> skippedByPackets++;
            case MOTION -> skippedByMotion++;
            case DUPLICATES -> skippedAsDuplicates++;
        }
    }

    /** A sampling instant whose frame was lost to an error. */
    public synchronized void failed() {
        failed++;
    }

    /** A sampling instant whose frame is in the spool now. */
    public synchronized void spooled() {
        spooled++;
    }

    /** A frame found in the spool at start. */
    public synchronized void recovered() {
        recovered++;
    }

    /** A spooled frame that S3 acknowledged. */
    public synchronized void uploaded() {
        uploaded++;
    }

    /** A spooled frame that was removed unsent: no room, or too old. */
    public synchronized void evicted() {
        evicted++;
    }

    /** A spooled frame that S3 refused for good. */
    public synchronized void rejected() {
        rejected++;
    }

    /** A spooled frame that turned out to be unreadable and is kept aside. */
    public synchronized void setAside() {
        setAside++;
    }

    /** Its stream was opened again after it was lost. */
    public synchronized void reconnected() {
        reconnects++;
    }

    /** How often its stream was opened again. */
    public synchronized long reconnects() {
        return reconnects;
    }

    /** A consistent copy. */
    public synchronized FrameCounts counts() {
        long skipped = skippedByPackets + skippedByMotion + skippedAsDuplicates;
        long gone = uploaded + evicted + rejected + setAside;
        return new FrameCounts(
                skipped + failed + spooled,
                skipped,
                failed,
                spooled,
                recovered,
                uploaded,
                evicted,
                rejected,
                setAside,
                spooled + recovered - gone,
                new GateCounts(skippedByPackets, skippedByMotion, skippedAsDuplicates));
    }
}
