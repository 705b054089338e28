package dev.affray.agent.capture;

import dev.affray.agent.gate.ScoreModel;
import dev.affray.agent.health.FrameLedger;
import dev.affray.camera.CameraConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What a camera is made of, and each thread that runs it in turn.
 *
 * @param id its id, for the log
 * @param config how often frames are taken and how they are stored; the source in it is not used
 * @param model what its frames are scored by
 * @param source where its video comes from
 * @param sink takes the frames, on the camera's thread
 * @param ledger where sampling instants are entered that the sink does not enter
 * @param clock gives the capture times
 * @param history keeps the video for clips
 * @param snapshots who waits for a picture
 * @param timeout how long opening, and each wait for a packet, may take
 * @param opener opens the source
 * @param backoff makes a new sequence of waits between attempts
 */
record CameraSetup(
        String id,
        CameraConfig config,
        ScoreModel model,
        CaptureSource source,
        FrameSink sink,
        FrameLedger ledger,
        Clock clock,
        PacketHistory history,
        Snapshots snapshots,
        Duration timeout,
        VideoInput.Opener opener,
        Supplier<Backoff> backoff) {
    /** One that nobody waits for yet. */
    CameraSetup(
            String id,
            CameraConfig config,
            ScoreModel model,
            CaptureSource source,
            FrameSink sink,
            FrameLedger ledger,
            Clock clock,
            PacketHistory history,
            Duration timeout,
            VideoInput.Opener opener,
            Supplier<Backoff> backoff) {
        this(id, config, model, source, sink, ledger, clock, history, new Snapshots(), timeout, opener, backoff);
    }
}
