package dev.affray.cloud.state;

/** What can be announced about an incident, once each. */
public enum Step {
    OPENED,
    /** A condition is over. */
    CLOSED
}
