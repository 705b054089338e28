package dev.affray.agent.capture;

import dev.affray.agent.capture.CaptureSource.LocalFile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.global.avformat;
import org.jspecify.annotations.Nullable;

/**
 * How FFmpeg is to open a source.
 *
 * @param url what to open; never shown
 * @param demuxer its name, where FFmpeg is not to find it by itself
 * @param options AVOptions of the demuxer and the protocols
 */
record OpenOptions(String url, Optional<String> demuxer, Map<String, String> options) {
    private static final String FILE_FORMATS =
            "mov,matroska,webm,avi,mpegts,mpeg,flv,asf,mxf,ogg,nut,h264,hevc,mpegvideo,m4v,mjpeg,ivf,obu,dhav";
    private static final String HTTP_FORMATS = "mpjpeg,mjpeg,mpegts,flv,h264,hevc,mov,matroska,webm,hls";

    /** How to open a file. */
    static OpenOptions of(LocalFile file) {
        return new OpenOptions(
                "file:" + file.path().toAbsolutePath(),
                Optional.empty(),
                Map.of("protocol_whitelist", "file", "format_whitelist", FILE_FORMATS));
    }

    /** The demuxer to take; null where FFmpeg finds it by itself. */
    @Nullable
    AVInputFormat format() {
        return demuxer.map(avformat::av_find_input_format).orElse(null);
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
        return new OpenOptions("", Optional.of("sdp"), options);
    }

    /** How to open an HTTP stream through its relay. */
    static OpenOptions of(HttpRelay relay, long timeoutMicros) {
        String timeout = Long.toString(timeoutMicros);
        return new OpenOptions(
                relay.url(),
                Optional.empty(),
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
                        timeout));
    }
}
