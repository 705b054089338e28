package dev.affray.cloud.state;

/** What a person can do about an incident. Doing the same again changes nothing. */
public enum Action {
    /** Take charge of it. */
    ACKNOWLEDGE,
    /** Say that it was none, and take charge of it. */
    FALSE_ALARM,
    /** Say that it was one after all, and take charge of it. */
    TRUE_ALARM,
    /** Have no fight of its camera announced for {@link Mute#LASTS}. */
    MUTE,
    /** Take that back. */
    UNMUTE
}
