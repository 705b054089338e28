package dev.affray.agent.capture;

import dev.affray.camera.Source;
import java.util.List;
import java.util.Locale;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecHWConfig;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** A kind of hardware that decodes video. */
enum Accelerator {
    /** Graphics of Intel and AMD. */
    VAAPI(avutil.AV_HWDEVICE_TYPE_VAAPI),
    /** Graphics of NVIDIA. */
    CUDA(avutil.AV_HWDEVICE_TYPE_CUDA),
    /** The video units of small Arm boards: decoders of their own in FFmpeg, without a device to open. */
    V4L2M2M(avutil.AV_HWDEVICE_TYPE_NONE);

    /** FFmpeg's number for its devices. */
    final int deviceType;

    Accelerator(int deviceType) {
        this.deviceType = deviceType;
    }

    /** What to try, in this order. */
    static List<Accelerator> of(Source.Decoder wanted) {
        return switch (wanted) {
            case SOFTWARE -> List.of();
            case AUTO -> List.of(values());
            case VAAPI -> List.of(VAAPI);
            case CUDA -> List.of(CUDA);
            case V4L2M2M -> List.of(V4L2M2M);
        };
    }

    boolean hasDevice() {
        return deviceType != avutil.AV_HWDEVICE_TYPE_NONE;
    }

    /** Whether this FFmpeg was built to decode this codec with it. */
    boolean decodes(AVCodec codec) {
        if (!hasDevice()) {
            return codec.name().getString().endsWith("_v4l2m2m");
        }
        AVCodecHWConfig config = avcodec.avcodec_get_hw_config(codec, 0);
        for (int i = 1; config != null && !config.isNull(); i++) {
            if (config.device_type() == deviceType
                    && (config.methods() & avcodec.AV_CODEC_HW_CONFIG_METHOD_HW_DEVICE_CTX) != 0) {
                return true;
            }
            config = avcodec.avcodec_get_hw_config(codec, i);
        }
        return false;
    }

    /** As in a document. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
