package dev.affray.agent.camera;

import dev.affray.agent.capture.Camera;

/** What a camera of the gateway's document is at. */
sealed interface Slot {
    /** Nothing is known of its document yet. */
    record Waiting() implements Slot {}

    /** Nothing can run, and why. */
    record Misconfigured(String detail) implements Slot {}

    /** Its pipeline runs by this plan. */
    record Running(CameraPlan plan, Camera camera) implements Slot {}
}
