package dev.affray.agent.capture;

import java.util.function.IntSupplier;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/** The pictures of one decoder that hardware was asked for: fetches them from its memory, and tells whether any come. For one thread. */
final class HardwareFrames implements AutoCloseable {
    private final Hardware hardware;
    private final Accelerator kind;
    private final AVFrame fetched = avutil.av_frame_alloc();
    private boolean inSoftware;
    private boolean key;
    private boolean picture;
    private boolean error;

    HardwareFrames(Hardware hardware, Accelerator kind) {
        this.hardware = hardware;
        this.kind = kind;
    }

    /** Makes a call that may hang in a driver. */
    int call(IntSupplier call) {
        if (inSoftware) {
            return call.getAsInt();
        }
        hardware.enter();
        try {
            return call.getAsInt();
        } finally {
            hardware.leave();
        }
    }

    /** A key packet is about to be decoded: from it on there should be pictures. */
    void keyPacket() {
        key = true;
        picture = false;
        error = false;
    }

    /** A packet was refused, or a picture lost. */
    void failed() {
        error = true;
    }

    /** Whether no picture has come since the last key packet, but an error. */
    boolean isFailing() {
        return !inSoftware && key && error && !picture;
    }

    /**
     * The picture in the memory of the processor, valid until the next call; null when it cannot be had. FFmpeg itself decodes in software what the device
     * does not know; then this is the same picture.
     */
    @Nullable
    AVFrame fetch(AVFrame frame) {
        boolean onDevice =
                frame.hw_frames_ctx() != null && !frame.hw_frames_ctx().isNull();
        if (kind.hasDevice() && !onDevice) {
            giveUp();
            return frame;
        }
        if (onDevice) {
            avutil.av_frame_unref(fetched);
            int result = call(() -> avutil.av_hwframe_transfer_data(fetched, frame, 0));
            if (result < 0 || avutil.av_frame_copy_props(fetched, frame) < 0) {
                return null;
            }
        }
        picture = true;
        hardware.works(kind);
        return onDevice ? fetched : frame;
    }

    @Override
    public void close() {
        if (isFailing()) {
            hardware.failed(kind);
        }
        avutil.av_frame_free(fetched);
    }

    private void giveUp() {
        if (!inSoftware) {
            inSoftware = true;
            String line = Ffmpeg.takeLastLine();
            hardware.giveUp(kind, "cannot decode this video" + (line.isEmpty() ? "" : ": " + line));
        }
    }
}
