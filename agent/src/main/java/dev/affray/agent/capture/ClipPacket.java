package dev.affray.agent.capture;

import java.time.Instant;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;

/**
 * A packet as clips need it. Shares its data with others by reference; to be freed.
 *
 * @param opening counts how often the source was opened before
 * @param takenAt when it was taken, by the clock that frames go by
 * @param arrivedNanos when it came, by the monotonic clock
 */
record ClipPacket(AVPacket packet, VideoFormat format, int opening, Instant takenAt, long arrivedNanos) {
    boolean isKey() {
        return (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
    }

    /** Whether nothing was lost or changed between that packet and this, the next one. */
    boolean follows(ClipPacket before) {
        return opening == before.opening && format.equals(before.format);
    }

    /** Another reference to the same data, to be freed on its own. */
    ClipPacket share() {
        return new ClipPacket(avcodec.av_packet_clone(packet), format, opening, takenAt, arrivedNanos);
    }

    void free() {
        avcodec.av_packet_free(packet);
    }
}
