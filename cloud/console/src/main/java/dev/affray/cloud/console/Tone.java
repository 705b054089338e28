package dev.affray.cloud.console;

/** How something is to be taken: it decides colours, never alone. */
public enum Tone {
    GOOD,
    IDLE,
    WARNING,
    BAD
}
