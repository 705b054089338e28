package dev.affray.agent.capture;

import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * What a source says of its video.
 *
 * @param codec as FFmpeg calls it, such as {@code h264}
 * @param profile such as {@code High}; null where there is none
 * @param width in pixels
 * @param height in pixels
 * @param declaredRate pictures a second; null where the source does not tell
 * @param audio whether there is sound as well, as far as FFmpeg was let see it
 */
record StreamFormat(
        String codec,
        @Nullable String profile,
        int width,
        int height,
        @Nullable Double declaredRate,
        boolean audio) {
    /** @param index of the video */
    static StreamFormat of(AVFormatContext context, int index) {
        AVCodecParameters parameters = context.streams(index).codecpar();
        return new StreamFormat(
                avcodec.avcodec_get_name(parameters.codec_id()).getString(StandardCharsets.UTF_8),
                profile(parameters),
                parameters.width(),
                parameters.height(),
                rate(context, index),
                hasAudio(context));
    }

    private static @Nullable String profile(AVCodecParameters parameters) {
        BytePointer name = avcodec.avcodec_profile_name(parameters.codec_id(), parameters.profile());
        return name == null || name.isNull() ? null : name.getString(StandardCharsets.UTF_8);
    }

    private static @Nullable Double rate(AVFormatContext context, int index) {
        try (AVRational guess = avformat.av_guess_frame_rate(context, context.streams(index), null)) {
            return guess.den() == 0 || guess.num() == 0 ? null : avutil.av_q2d(guess);
        }
    }

    private static boolean hasAudio(AVFormatContext context) {
        for (int i = 0; i < context.nb_streams(); i++) {
            if (context.streams(i).codecpar().codec_type() == avutil.AVMEDIA_TYPE_AUDIO) {
                return true;
            }
        }
        return false;
    }
}
