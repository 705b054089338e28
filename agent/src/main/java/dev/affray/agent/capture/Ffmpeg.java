package dev.affray.agent.capture;

import dev.affray.agent.gate.JavaCpp;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avutil.LogCallback;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** FFmpeg as a whole: loading it, its log and its errors. Nothing native is loaded before {@link #load}. */
final class Ffmpeg {
    private static final Logger LOG = LoggerFactory.getLogger("dev.affray.agent.capture.ffmpeg");
    private static final Pattern CONTEXT = Pattern.compile("\\[([^\\]@]+) @ 0x[0-9a-fA-F]+\\] *");

    /** Lines about what is done on purpose. */
    private static final Pattern CHATTER =
            Pattern.compile("deprecated pixel format used|Immediate exit requested|\\[OpenH264\\].*Warning:");

    private static final Repeats REPEATS = new Repeats();
    private static final ThreadLocal<Lines> LINES = ThreadLocal.withInitial(() -> new Lines("", ""));
    private static final int ERROR_TEXT = 128;

    /** What was logged since it was last asked for: the first line is the nearest to the cause, the last one to the failed call. */
    private record Lines(String first, String last) {}

    private Ffmpeg() {}

    /**
     * Loads the native libraries of the platform and takes over FFmpeg's log. Cheap after the first time.
     *
     * @throws LinkageError when there are none for this platform
     */
    static void load() {
        Loaded.once();
    }

    /** What FFmpeg calls an error code, in lower case. */
    static String errorText(int error) {
        byte[] text = new byte[ERROR_TEXT];
        avutil.av_strerror(error, text, text.length);
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return Secrets.hide(new String(text, 0, end, StandardCharsets.UTF_8)).toLowerCase(Locale.ROOT);
    }

    /** The last line that FFmpeg logged on this thread, without credentials; empty when there was none since it was last asked for. */
    static String takeLastLine() {
        String line = LINES.get().last();
        LINES.remove();
        return line;
    }

    /** Why the last call on this thread failed: the first line that FFmpeg logged about it, or else what it calls the error code. */
    static String reason(int error) {
        String line = LINES.get().first();
        LINES.remove();
        return line.isEmpty() ? errorText(error) : line;
    }

    static void log(String raw) {
        String line = Secrets.hide(CONTEXT.matcher(raw.strip()).replaceAll("$1: "));
        if (line.isEmpty() || CHATTER.matcher(line).find()) {
            return;
        }
        String first = LINES.get().first();
        LINES.set(new Lines(first.isEmpty() ? line : first, line));
        String where = Thread.currentThread().getName();
        REPEATS.say(where, line, System.nanoTime()).ifPresent(LOG::warn);
    }

    /** The class initialiser runs once, and only when asked for. */
    private static final class Loaded {
        static {
            JavaCpp.prepare();
        }

        private static final LogCallback SINK = new LogCallback() {
            @Override
            public void call(int level, BytePointer message) {
                try {
                    log(message.getString(StandardCharsets.UTF_8));
                } catch (RuntimeException e) {
                    LOG.debug("a line of FFmpeg's log was lost", e);
                }
            }
        };

        static {
            avutil.av_log_set_level(avutil.AV_LOG_WARNING);
            avutil.setLogCallback(SINK);
        }

        private static void once() {}
    }
}
