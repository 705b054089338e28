package dev.affray.agent.capture;

import org.bytedeco.javacpp.Pointer;

/** A number in the shape of a pointer, for FFmpeg to hand back to a callback; nothing is ever read at it. */
final class Handle extends Pointer {
    Handle(long value) {
        super((Pointer) null);
        address = value;
    }
}
