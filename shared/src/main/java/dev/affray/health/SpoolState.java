package dev.affray.health;

/** How the queue on a gateway's disk fares. All but {@code OK} last until a minute has passed without the thing they speak of. */
public enum SpoolState {
    /** Every frame is kept until it is sent. */
    OK,
    /** New frames are kept, but old ones are removed unsent to make room, or because they are too old. */
    EVICTING,
    /** New frames are refused: there is no room for them, even in place of old ones. */
    FULL,
    /** The disk fails: frames cannot be written, forced to the disk or removed. */
    FAILING
}
