package dev.affray.agent.capture;

import java.io.IOException;
import java.time.Instant;
import java.util.OptionalInt;

/** Where sampled frames go. */
public interface FrameSink {
    /** Takes one frame. */
    void spool(Instant capturedAt, OptionalInt edgeScore, byte[] jpeg) throws IOException;
}
