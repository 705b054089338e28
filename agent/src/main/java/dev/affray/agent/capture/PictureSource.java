package dev.affray.agent.capture;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of a camera that sends JPEGs over HTTP, read without FFmpeg. They stay in Java's memory; FFmpeg's gets a copy of those alone that somebody
 * has to decode or keep. For one thread.
 */
final class PictureSource implements HttpSource {
    private static final int TICKS_A_SECOND = 90_000;
    private static final byte[] NONE = {};

    private final HttpFetch fetch;
    private final Interrupt interrupt;
    private final Pictures pictures;
    private final long beganNanos = System.nanoTime();
    private byte[] picture = NONE;
    private long ticks;
    private boolean pending;
    private @Nullable String refusal;

    /** Where the pictures come from, one by one. */
    interface Pictures {
        /** @throws EOFException after the last one */
        byte[] next() throws IOException;
    }

    /** @param fetch is closed with this */
    PictureSource(HttpFetch fetch, Interrupt interrupt, Pictures pictures) {
        this.fetch = fetch;
        this.interrupt = interrupt;
        this.pictures = pictures;
    }

    /** Waits for the first picture, and describes the video after it. Returns FFmpeg's error, below 0, where none comes. */
    int open(AVFormatContext context) {
        int result = receive();
        if (result < 0) {
            return result;
        }
        pending = true;
        AVStream stream = avformat.avformat_new_stream(context, null);
        stream.time_base().num(1).den(TICKS_A_SECOND);
        AVCodecParameters parameters = stream.codecpar();
        parameters
                .codec_type(avutil.AVMEDIA_TYPE_VIDEO)
                .codec_id(avcodec.AV_CODEC_ID_MJPEG)
                .color_range(avutil.AVCOL_RANGE_JPEG)
                .color_space(avutil.AVCOL_SPC_BT470BG);
        JpegFrame.of(picture)
                .ifPresent(frame -> parameters
                        .width(frame.width())
                        .height(frame.height())
                        .profile(avcodec.AV_PROFILE_MJPEG_HUFFMAN_BASELINE_DCT + frame.process()));
        return 0;
    }

    /** Reads the next picture. The packet says when it came, and holds nothing of it before it is given to {@link #fill}. */
    int read(AVPacket packet) {
        int result = pending ? 0 : receive();
        pending = false;
        stamp(packet);
        return result;
    }

    /** How long the picture read last is, in bytes. */
    int size() {
        return picture.length;
    }

    /** Gives a packet the picture that was read last. */
    void fill(AVPacket packet) {
        if (avcodec.av_new_packet(packet, picture.length) < 0) {
            throw new OutOfMemoryError("no memory for a picture of " + picture.length + " bytes");
        }
        try (BytePointer data = packet.data()) {
            data.put(picture);
        }
        stamp(packet);
    }

    /** The picture read last, where it is a whole file of this size that any viewer can read. */
    Optional<byte[]> file(int width, int height) {
        return OriginalJpeg.isWhole(picture, width, height) ? Optional.of(picture) : Optional.empty();
    }

    @Override
    public Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    @Override
    public void close() {
        fetch.close();
    }

    private void stamp(AVPacket packet) {
        packet.flags(avcodec.AV_PKT_FLAG_KEY).pts(ticks).dts(ticks);
    }

    private int receive() {
        try {
            picture = pictures.next();
            ticks = (System.nanoTime() - beganNanos) / 1_000 * TICKS_A_SECOND / 1_000_000;
            return 0;
        } catch (EOFException e) {
            return avutil.AVERROR_EOF();
        } catch (InterruptedIOException e) {
            return avutil.AVERROR_EXIT();
        } catch (HttpFetch.RedirectException e) {
            refusal = e.reason();
        } catch (IOException e) {
            refusal = interrupt.overdue() ? null : "its pictures cannot be read: " + e.getMessage();
        }
        return avutil.AVERROR_EIO();
    }
}
