package dev.affray.agent.capture;

import java.io.IOException;
import java.time.Instant;
import java.util.OptionalInt;

/** Takes the frames that are worth sending; called from the camera's own thread. */
public interface FrameSink {
    /**
     * Keeps a frame, and enters it in the ledger as spooled.
     *
     * @param capturedAt in whole milliseconds, later than that of the call before
     * @param edgeScore 0 to 100; empty while there is too little history
     * @param jpeg the picture
     * @throws IOException when it could not be kept; the caller enters it as failed
     */
    void spool(Instant capturedAt, OptionalInt edgeScore, byte[] jpeg) throws IOException;
}
