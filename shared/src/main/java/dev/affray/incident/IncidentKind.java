package dev.affray.incident;

/** What an incident is about. */
public enum IncidentKind {
    /** The alert rule holds on a camera. */
    FIGHT,
    /** A camera or its gateway is gone, for longer than a blip. */
    CAMERA_OFFLINE,
    /** Frames arrive and nothing judges them. */
    PIPELINE_BLIND,
    /** A spending limit restricts a camera. */
    BUDGET;

    /**
     * Whether it is a condition, which begins, lasts and ends, and of which people are told both ends. Otherwise it is made of moments, and over when none
     * has come for a while.
     */
    public boolean isCondition() {
        return this != FIGHT;
    }
}
