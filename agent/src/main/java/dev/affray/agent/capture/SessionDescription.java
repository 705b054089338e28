package dev.affray.agent.capture;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The video of an RTSP stream, as its session description (SDP, RFC 8866) tells.
 *
 * @param text a description of the first video alone
 * @param aggregate the URI to play
 * @param video the URI to set up
 */
record SessionDescription(String text, String aggregate, String video) {
    /** The type that packets of the video have, the first of them where there are several. */
    private static final Pattern MEDIA = Pattern.compile("(?mi)^m=video\\s+\\S+\\s+\\S+\\s+(\\d{1,3})\\b");

    private static final Pattern CODING = Pattern.compile("(?mi)^a=rtpmap:(\\d{1,3})\\s+(H264|H265)/90000\\b");
    private static final Pattern INTERLEAVED = Pattern.compile(
            "(?mi)^a=fmtp:.*(packetization-mode\\s*=\\s*2|sprop-max-don-diff\\s*=\\s*[1-9]|sprop-depack-buf-nalus\\s*=\\s*[1-9])");

    /**
     * Reads a description; empty where it has no video.
     *
     * @param base the URI that relative ones are relative to
     */
    static Optional<SessionDescription> read(String sdp, String base) {
        StringBuilder text = new StringBuilder();
        String aggregate = base;
        String video = "";
        boolean inSession = true;
        boolean inVideo = false;
        for (String line : sdp.lines().map(String::strip).toList()) {
            if (line.startsWith("m=")) {
                if (inVideo) {
                    break;
                }
                inSession = false;
                inVideo = line.toLowerCase(Locale.ROOT).startsWith("m=video");
                video = inVideo ? aggregate : video;
            }
            if (inSession || inVideo) {
                text.append(line).append("\r\n");
                Optional<String> control = control(line);
                if (control.isPresent()) {
                    String uri = resolve(base, control.get());
                    aggregate = inSession ? uri : aggregate;
                    video = inVideo ? uri : video;
                }
            }
        }
        return inVideo ? Optional.of(new SessionDescription(text.toString(), aggregate, video)) : Optional.empty();
    }

    /** How the packets of the video are put together, where that is plain H.264 or H.265 in the order of decoding. */
    Optional<AccessUnits> accessUnits() {
        Matcher media = MEDIA.matcher(text);
        Matcher coding = CODING.matcher(text);
        if (!media.find() || !coding.find() || INTERLEAVED.matcher(text).find()) {
            return Optional.empty();
        }
        return media.group(1).equals(coding.group(1))
                ? Optional.of(new AccessUnits(
                        AccessUnits.Coding.valueOf(coding.group(2).toUpperCase(Locale.ROOT)),
                        Integer.parseInt(media.group(1))))
                : Optional.empty();
    }

    private static Optional<String> control(String line) {
        return line.startsWith("a=control:") ? Optional.of(line.substring(10).strip()) : Optional.empty();
    }

    /** Cameras put a query into their URIs and append to it, which a resolver of URIs would cut off. */
    private static String resolve(String base, String control) {
        if (control.isEmpty() || control.equals("*")) {
            return base;
        }
        boolean absolute = List.of("rtsp://", "rtsps://", "rtspu://").stream()
                .anyMatch(control.toLowerCase(Locale.ROOT)::startsWith);
        if (absolute) {
            return control;
        }
        return base + (base.endsWith("/") || control.startsWith("/") ? "" : "/") + control;
    }
}
