package dev.affray.agent.capture;

import dev.affray.agent.gate.ActivityGate;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * What happens to packets while the camera is disarmed. Those since the last key packet are kept undecoded, so that it can be armed between two key packets
 * and sees at once; a key picture is looked at now and then, to tell whether it shows something. No frame is taken and nothing is counted. For one thread.
 */
final class Standby {
    private final VideoInput input;
    private final FrameTaker taker;
    private final ActivityGate gate;
    private final PacketRing ring;
    private final Consumer<AVFrame> seen;

    Standby(VideoInput input, FrameTaker taker, PacketRing ring, Consumer<AVFrame> seen) {
        this.input = input;
        this.taker = taker;
        this.gate = taker.gate();
        this.ring = ring;
        this.seen = seen;
    }

    /** Takes the packet that was read last, and its place on the time line that frames are sampled by. */
    void take(double at, long arrivedNanos) throws CaptureException {
        boolean key = input.packetIsKey();
        if (key) {
            forget();
        }
        // Where only key pictures are taken, none is waited for with what came before it.
        if (!gate.isOff() && !ring.add(input.packet(), at, arrivedNanos, _ -> {})) {
            forget();
        }
        if (key && gate.looksAlone(at)) {
            look(at);
        }
    }

    /** Lets go of what is kept. */
    void forget() throws CaptureException {
        ring.drain(_ -> {});
    }

    private void look(double at) throws CaptureException {
        VideoInput.Pictures glance = (picture, _) -> {
            seen.accept(picture);
            taker.glance(picture, at);
        };
        input.decodeRoughly(input.packet(), glance);
        input.rest(glance);
    }
}
