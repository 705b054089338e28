package dev.affray.agent.capture;

import dev.affray.agent.capture.CaptureSource.LocalFile;
import dev.affray.camera.VideoDevice;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * How FFmpeg is to open a source.
 *
 * @param url what to open; never shown
 * @param options AVOptions of the demuxer and the protocols
 * @param format the only demuxer that may read it; empty where what comes decides
 */
record OpenOptions(String url, Map<String, String> options, String format) {
    private static final String FILE_FORMATS =
            "mov,matroska,webm,avi,mpegts,mpeg,flv,asf,mxf,ogg,nut,h264,hevc,mpegvideo,m4v,mjpeg,ivf,obu,dhav";
    private static final String HTTP_FORMATS = "mpjpeg,mjpeg,mpegts,flv,h264,hevc,mov,matroska,webm,hls";

    /** How to open a file. */
    static OpenOptions of(LocalFile file) {
        return new OpenOptions(
                "file:" + file.path().toAbsolutePath(),
                Map.of("protocol_whitelist", "file", "format_whitelist", FILE_FORMATS),
                "");
    }

    /** How to open a device. Its demuxer uses no protocol. */
    static OpenOptions of(VideoDevice device) {
        return new OpenOptions(device.path(), device.options(), VideoDevice.SCHEME);
    }

    /** Opens the source with a context of its own. Returns FFmpeg's error, below 0, where that fails; the context is gone then. */
    int open(AVFormatContext context) {
        AVDictionary dictionary = new AVDictionary(null);
        try {
            for (Map.Entry<String, String> option : options.entrySet()) {
                avutil.av_dict_set(dictionary, option.getKey(), option.getValue(), 0);
            }
            if (device()) {
                context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_NONBLOCK);
            }
            AVInputFormat only = format.isEmpty() ? null : avformat.av_find_input_format(format);
            return avformat.avformat_open_input(context, url, only, dictionary);
        } finally {
            avutil.av_dict_free(dictionary);
        }
    }

    /** Whether it is a device, which FFmpeg is never to wait for: it would not ask the interrupt. */
    boolean device() {
        return format.equals(VideoDevice.SCHEME);
    }

    /** Shows no URL and no header. */
    @Override
    public String toString() {
        return "OpenOptions" + options.keySet();
    }

    /** How to open what comes by RTP. Datagrams may overtake each other; in a connection they cannot. */
    static OpenOptions of(RtpIo io) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("format_whitelist", "sdp");
        options.put("protocol_whitelist", "none");
        options.put("allowed_media_types", "video");
        options.put("sdp_flags", "custom_io");
        if (!io.isByDatagrams()) {
            options.put("reorder_queue_size", "0");
        }
        return new OpenOptions("", options, "sdp");
    }

    /** How to open an HTTP stream through its relay. */
    static OpenOptions of(HttpRelay relay, long timeoutMicros) {
        String timeout = Long.toString(timeoutMicros);
        return new OpenOptions(
                relay.url(),
                Map.of(
                        "protocol_whitelist",
                        "http,tcp",
                        "format_whitelist",
                        HTTP_FORMATS,
                        "headers",
                        relay.header(),
                        "seekable",
                        "0",
                        "timeout",
                        timeout,
                        "rw_timeout",
                        timeout),
                "");
    }
}
