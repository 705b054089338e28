package dev.affray.incident;

/** What an incident is about. */
public enum IncidentKind {
    /** The alert rule holds on a camera. */
    FIGHT,
    /** A camera or its gateway is gone. */
    CAMERA_OFFLINE,
    /** Frames arrive and nothing judges them. */
    PIPELINE_BLIND,
    /** A spending limit restricts a camera. */
    BUDGET
}
