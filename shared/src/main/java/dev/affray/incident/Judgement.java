package dev.affray.incident;

/** What a person said of an incident. */
public enum Judgement {
    TRUE_ALARM,
    FALSE_ALARM
}
