package dev.affray.agent.capture;

import dev.affray.agent.capture.CaptureSource.LocalFile;
import dev.affray.agent.capture.CaptureSource.Login;
import dev.affray.agent.capture.CaptureSource.Stream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How FFmpeg is to open a source.
 *
 * @param url what to open, credentials included; never shown
 * @param options AVOptions of the demuxer and the protocols
 */
record OpenOptions(String url, Map<String, String> options) {
    /** What FFmpeg's RTSP client keeps of a user name and password; the rest it would cut off. */
    private static final int RTSP_LOGIN_MAX = 127;

    private static final String FILE_FORMATS =
            "mov,matroska,webm,avi,mpegts,mpeg,flv,asf,mxf,ogg,nut,h264,hevc,mpegvideo,m4v,mjpeg,ivf,obu,dhav";
    private static final String HTTP_FORMATS = "mpjpeg,mjpeg,mpegts,flv,h264,hevc,mov,matroska,webm,hls";

    /** @throws CaptureException when the source cannot be told to FFmpeg */
    static OpenOptions of(CaptureSource source, long timeoutMicros) throws CaptureException {
        return switch (source) {
            case LocalFile file -> file(file);
            case Stream stream when stream.rtsp() -> rtsp(stream, timeoutMicros);
            case Stream stream -> http(stream, timeoutMicros);
        };
    }

    /** Shows no URL. */
    @Override
    public String toString() {
        return "OpenOptions" + options;
    }

    private static OpenOptions file(LocalFile file) {
        return new OpenOptions(
                "file:" + file.path().toAbsolutePath(),
                Map.of("protocol_whitelist", "file", "format_whitelist", FILE_FORMATS));
    }

    private static OpenOptions rtsp(Stream stream, long timeoutMicros) throws CaptureException {
        Map<String, String> options = new LinkedHashMap<>();
        boolean secure = stream.scheme().equals("rtsps");
        String connection = secure ? "tls,tcp" : "tcp";
        options.put("format_whitelist", "rtsp");
        options.put("allowed_media_types", "video");
        options.put("timeout", Long.toString(timeoutMicros));
        switch (stream.transport()) {
            case TCP -> {
                options.put("rtsp_transport", "tcp");
                options.put("protocol_whitelist", connection);
            }
            case UDP -> {
                options.put("rtsp_transport", "udp");
                options.put("protocol_whitelist", connection + ",rtp,udp");
            }
            case AUTO -> options.put("protocol_whitelist", connection + ",rtp,udp");
        }
        String login = stream.login().map(OpenOptions::userInformation).orElse("");
        if (login.length() > RTSP_LOGIN_MAX) {
            throw CaptureException.hopeless("user name and password are too long for RTSP: " + login.length()
                    + " characters once escaped, at most " + RTSP_LOGIN_MAX);
        }
        return new OpenOptions(url(stream), options);
    }

    private static OpenOptions http(Stream stream, long timeoutMicros) {
        String timeout = Long.toString(timeoutMicros);
        String protocols = stream.scheme().equals("https") ? "https,tls,tcp" : "http,tcp";
        return new OpenOptions(
                url(stream),
                Map.of(
                        "protocol_whitelist", protocols,
                        "format_whitelist", HTTP_FORMATS,
                        "timeout", timeout,
                        "rw_timeout", timeout));
    }

    private static String url(Stream stream) {
        URI url = stream.url();
        Optional<Login> login = stream.login();
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        String user = login.map(l -> userInformation(l) + "@").orElse("");
        return stream.scheme() + "://" + user + url.getRawAuthority() + path + query;
    }

    private static String userInformation(Login login) {
        return Secrets.escaped(login.user()) + ":" + Secrets.escaped(login.password());
    }
}
