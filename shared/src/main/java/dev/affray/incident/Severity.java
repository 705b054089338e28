package dev.affray.incident;

/** How strong an incident is. It only ever rises. */
public enum Severity {
    /** The rule holds. */
    NORMAL,
    /** The rule holds with twice the positives in twice the time. */
    HIGH
}
