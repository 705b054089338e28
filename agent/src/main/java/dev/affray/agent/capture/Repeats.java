package dev.affray.agent.capture;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Says a repeated line once a minute at most, with how often it was held back since. Lines that differ only in numbers count as the same. Thread-safe.
 */
final class Repeats {
    private static final long QUIET_NANOS = 60_000_000_000L;
    private static final int MAX_LINES = 200;
    private static final Pattern NUMBER = Pattern.compile("0x[0-9a-fA-F]+|\\d+");

    private final Map<String, Line> lines = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Line> eldest) {
            return size() > MAX_LINES;
        }
    };

    /**
     * The text to log now, or nothing while the line is held back.
     *
     * @param who whom the line is about; stands before it
     */
    synchronized Optional<String> say(String who, String line, long nowNanos) {
        String key = who + ": " + NUMBER.matcher(line).replaceAll("#");
        Line known = lines.computeIfAbsent(key, _ -> new Line(nowNanos - QUIET_NANOS));
        if (nowNanos - known.saidAt < QUIET_NANOS) {
            known.heldBack++;
            return Optional.empty();
        }
        String said = who + ": " + line;
        String text = known.heldBack == 0 ? said : said + " (and " + known.heldBack + " more like it)";
        known.saidAt = nowNanos;
        known.heldBack = 0;
        return Optional.of(text);
    }

    private static final class Line {
        long saidAt;
        long heldBack;

        Line(long saidAt) {
            this.saidAt = saidAt;
        }
    }
}
