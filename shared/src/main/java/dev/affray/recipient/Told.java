package dev.affray.recipient;

import dev.affray.incident.IncidentKind;

/** What a group of people is told of. */
public enum Told {
    /** Those who act on a fight, and those who are told when nobody has. */
    FIGHTS,
    /** Those who keep the cameras running. */
    CONDITIONS;

    /** Whether incidents of this kind are told to the group. */
    public boolean covers(IncidentKind kind) {
        return kind.isCondition() == (this == CONDITIONS);
    }
}
