package dev.affray.agent.capture;

import dev.affray.agent.capture.CaptureSource.LocalFile;
import dev.affray.agent.capture.CaptureSource.Stream;
import dev.affray.camera.Source;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How FFmpeg is to open a source.
 *
 * @param url what to open; never shown
 * @param options AVOptions of the demuxer and the protocols
 */
record OpenOptions(String url, Map<String, String> options) {
    private static final String FILE_FORMATS =
            "mov,matroska,webm,avi,mpegts,mpeg,flv,asf,mxf,ogg,nut,h264,hevc,mpegvideo,m4v,mjpeg,ivf,obu,dhav";
    private static final String HTTP_FORMATS = "mpjpeg,mjpeg,mpegts,flv,h264,hevc,mov,matroska,webm,hls";

    /** How to open a file. */
    static OpenOptions of(LocalFile file) {
        return new OpenOptions(
                "file:" + file.path().toAbsolutePath(),
                Map.of("protocol_whitelist", "file", "format_whitelist", FILE_FORMATS));
    }

    /** Shows no URL and no header. */
    @Override
    public String toString() {
        return "OpenOptions" + options.keySet();
    }

    /** How to open an RTSP stream through its relay. */
    static OpenOptions of(Stream stream, RtspRelay relay, long timeoutMicros) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("format_whitelist", "rtsp");
        options.put("allowed_media_types", "video");
        options.put("timeout", Long.toString(timeoutMicros));
        Source.Transport transport = stream.scheme().equals("rtsps") ? Source.Transport.TCP : stream.transport();
        switch (transport) {
            case TCP -> {
                options.put("rtsp_transport", "tcp");
                options.put("protocol_whitelist", "tcp");
            }
            case UDP -> {
                options.put("rtsp_transport", "udp");
                options.put("protocol_whitelist", "tcp,rtp,udp");
            }
            case AUTO -> options.put("protocol_whitelist", "tcp,rtp,udp");
        }
        return new OpenOptions(relay.url(), options);
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
                        timeout));
    }
}
