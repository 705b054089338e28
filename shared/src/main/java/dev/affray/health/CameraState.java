package dev.affray.health;

/** What a camera is doing, as its gateway sees it. */
public enum CameraState {
    /** Frames arrive. */
    STREAMING,
    /** Connected, but no frame has come for a while. */
    STALLED,
    /** Not connected; trying again. */
    RECONNECTING,
    /** Connected, but disarmed by its schedule or by hand: it takes no frames. Or not served any more; the detail says which. */
    DISARMED,
    /** Its configuration cannot work; see the detail. */
    MISCONFIGURED,
    /** A file that was played to its end. */
    ENDED;

    /** Whether it does what it was told to: it streams, rests by its schedule, or has come to its end. */
    public boolean isWell() {
        return switch (this) {
            case STREAMING, DISARMED, ENDED -> true;
            case STALLED, RECONNECTING, MISCONFIGURED -> false;
        };
    }
}
