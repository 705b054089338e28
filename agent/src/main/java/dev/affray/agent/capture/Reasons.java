package dev.affray.agent.capture;

import java.util.Locale;
import org.bytedeco.ffmpeg.global.avutil;

/** FFmpeg's errors in words that tell a person what to do. */
final class Reasons {
    private static final int MAX_SAID = 80;

    private Reasons() {}

    /**
     * The reason in one line.
     *
     * @param lastLine what FFmpeg last logged about it; may be empty
     * @param file whether the source is a file rather than a stream
     * @param overdue whether the call was ended because it took too long
     * @param deadline how long that is, in words
     */
    static String of(int error, String lastLine, boolean file, boolean overdue, String deadline) {
        if (overdue) {
            return "timed out after " + deadline;
        }
        String line = lastLine.toLowerCase(Locale.ROOT);
        if (line.contains("failed to resolve hostname")) {
            return "the host name cannot be resolved";
        }
        if (line.contains("not on whitelist")) {
            return "refused: only video is taken, no playlists or other files";
        }
        if (!file && error == avutil.AVERROR_EIO()) {
            return line.contains("ends prematurely")
                    ? "not a video: the answer was empty or ended too soon"
                    : "the connection was lost, or redirected too often";
        }
        if (file && error == avutil.AVERROR_INVALIDDATA()) {
            return "not a video file, or a broken one";
        }
        String known = ofCode(error);
        if (!known.isEmpty()) {
            return known;
        }
        String text = Ffmpeg.errorText(error);
        return text.contains("timed out") ? "timed out after " + deadline : text;
    }

    /**
     * The reason in one line.
     *
     * @param line the answer's status and its meaning, such as {@code 404 Not Found}
     */
    static String ofStatus(int status, String line) {
        return switch (status) {
            case 401 -> "401 unauthorized: check the secret";
            case 403 -> "403 forbidden: this user may not see the stream";
            case 404 -> "404 not found: check the path of the URL";
            default -> "the camera answers " + plain(line);
        };
    }

    /** A camera may answer with anything: what it says must not steer a terminal, fill a log or show a login. */
    private static String plain(String said) {
        String printable = Secrets.hide(said).toLowerCase(Locale.ROOT).replaceAll("[^ -~]", "?");
        return printable.substring(0, Math.min(MAX_SAID, printable.length()));
    }

    private static String ofCode(int error) {
        if (error == avutil.AVERROR_HTTP_UNAUTHORIZED()) {
            return ofStatus(401, "");
        }
        if (error == avutil.AVERROR_HTTP_FORBIDDEN()) {
            return ofStatus(403, "");
        }
        if (error == avutil.AVERROR_HTTP_NOT_FOUND()) {
            return ofStatus(404, "");
        }
        if (error == avutil.AVERROR_INVALIDDATA()) {
            return "not a video: what came is something else, such as a web page";
        }
        if (error == avutil.AVERROR_EOF()) {
            return "the camera ended the stream";
        }
        return "";
    }
}
