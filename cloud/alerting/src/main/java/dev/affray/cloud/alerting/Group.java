package dev.affray.cloud.alerting;

/** Who is told. */
public enum Group {
    /** Those who act on a fight. */
    ALERTS,
    /** Those who are told of a fight of which nobody took charge. */
    ESCALATION,
    /** Those who keep the cameras running. */
    OPERATIONS
}
