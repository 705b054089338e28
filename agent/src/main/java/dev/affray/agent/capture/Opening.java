package dev.affray.agent.capture;

/** Opens one source, again and again. */
interface Opening {
    /** Blocks for thrice the camera's time-out at most. */
    VideoInput open() throws CaptureException;
}
