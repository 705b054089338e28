package dev.affray.agent.spool;

/** When a frame is forced to the disk itself, and so what a power cut may cost. The death of the process alone costs nothing under any of them. */
public enum Fsync {
    /** When the system sees fit: a power cut may cost the last half minute or so, whatever the file system leaves to write. */
    NEVER,
    /** Every second, those frames that are still here: a power cut may cost what was spooled in the last second, and while the forcing itself took. */
    BATCH,
    /** Before it counts as spooled: a power cut costs no frame that was counted. */
    ALWAYS
}
