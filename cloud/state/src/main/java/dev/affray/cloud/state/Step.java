package dev.affray.cloud.state;

/** What can be announced about an incident, once each; of a {@link Mute} its beginning and its revocation. */
public enum Step {
    /** It began. */
    OPENED,
    /** Its severity rose after people were told. */
    RAISED,
    /** Nobody took charge of it in time: others are told. */
    ESCALATED,
    /** Somebody took charge of it. */
    ACKNOWLEDGED,
    /** Somebody said that it was none. */
    FALSE_ALARM,
    /** It is over. */
    CLOSED,
    /** Somebody muted its camera. */
    MUTED,
    /** Somebody took the mute back. */
    UNMUTED
}
