package dev.affray.agent.capture;

import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * How a video is encoded, as far as a file must say it: packets of equal formats can stand in one file.
 *
 * @param codec FFmpeg's id
 * @param width of the picture, in pixels, when the stream was opened
 * @param height likewise
 * @param aspectNum width of a pixel, in its heights
 * @param aspectDen likewise
 * @param range of the samples, and how they mean colours
 * @param primaries likewise
 * @param transfer likewise
 * @param matrix likewise
 * @param tickNum a tick of its time stamps, in seconds
 * @param tickDen likewise
 * @param extradata what the decoder must know before the first packet; never changed
 */
record VideoFormat(
        int codec,
        int width,
        int height,
        int aspectNum,
        int aspectDen,
        int range,
        int primaries,
        int transfer,
        int matrix,
        int tickNum,
        int tickDen,
        ByteBuffer extradata) {
    /** Parameter sets come first in a packet, and are small. */
    private static final int HEAD = 4096;

    /** As the container tells now. */
    static VideoFormat of(AVStream stream) {
        AVCodecParameters told = stream.codecpar();
        int codec = told.codec_id();
        byte[] extradata = bytes(told.extradata(), told.extradata_size());
        byte[] sets = isAnnexB(extradata) ? ParameterSets.in(extradata, false, codec) : new byte[0];
        return new VideoFormat(
                codec,
                told.width(),
                told.height(),
                told.sample_aspect_ratio().num(),
                told.sample_aspect_ratio().den(),
                told.color_range(),
                told.color_primaries(),
                told.color_trc(),
                told.color_space(),
                stream.time_base().num(),
                stream.time_base().den(),
                ByteBuffer.wrap(sets.length > 0 ? sets : extradata));
    }

    /** As it is from a key packet on, which may bring other parameters with it. */
    VideoFormat from(AVPacket key) {
        if (key.side_data_elems() > 0) {
            try (SizeTPointer size = new SizeTPointer(1)) {
                BytePointer told = avcodec.av_packet_get_side_data(key, avcodec.AV_PKT_DATA_NEW_EXTRADATA, size);
                if (told != null && !told.isNull()) {
                    return with(bytes(told, (int) size.get()));
                }
            }
        }
        if ((codec != avcodec.AV_CODEC_ID_H264 && codec != avcodec.AV_CODEC_ID_HEVC) || !isAnnexB(bytes())) {
            return this;
        }
        int size = Math.min(key.size(), HEAD);
        byte[] sets = ParameterSets.in(bytes(key.data(), size), size < key.size(), codec);
        return sets.length == 0 ? this : with(sets);
    }

    private VideoFormat with(byte[] told) {
        ByteBuffer other = ByteBuffer.wrap(told);
        return other.equals(extradata)
                ? this
                : new VideoFormat(
                        codec, width, height, aspectNum, aspectDen, range, primaries, transfer, matrix, tickNum,
                        tickDen, other);
    }

    /** Tells all of it. */
    void tell(AVCodecParameters parameters) {
        parameters
                .codec_type(avutil.AVMEDIA_TYPE_VIDEO)
                .codec_id(codec)
                .width(width)
                .height(height);
        parameters.sample_aspect_ratio().num(aspectNum).den(aspectDen);
        parameters
                .color_range(range)
                .color_primaries(primaries)
                .color_trc(transfer)
                .color_space(matrix);
        byte[] bytes = bytes();
        if (bytes.length > 0) {
            BytePointer copy = new BytePointer(avutil.av_mallocz(bytes.length + avcodec.AV_INPUT_BUFFER_PADDING_SIZE));
            parameters.extradata(copy.put(bytes)).extradata_size(bytes.length);
        }
    }

    /** Units begin with start codes, not with their lengths, where parameter sets do, or are in the packets alone. */
    private static boolean isAnnexB(byte[] extradata) {
        return extradata.length == 0 || extradata[0] == 0;
    }

    private byte[] bytes() {
        byte[] bytes = new byte[extradata.remaining()];
        extradata.duplicate().get(bytes);
        return bytes;
    }

    private static byte[] bytes(BytePointer data, int size) {
        byte[] bytes = new byte[size];
        if (size > 0) {
            data.get(bytes);
        }
        return bytes;
    }
}
