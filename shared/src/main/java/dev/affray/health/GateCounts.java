package dev.affray.health;

/**
 * Why one camera's sampling instants were skipped, by the stage that did it; together they are all that were skipped.
 *
 * @param packets the sizes of compressed packets showed no change, and nothing was decoded
 * @param motion nothing moved in the picture
 * @param duplicates the picture was nearly the last one sent
 */
public record GateCounts(long packets, long motion, long duplicates) {
    /** Nothing was skipped yet. */
    public static final GateCounts NONE = new GateCounts(0, 0, 0);
}
