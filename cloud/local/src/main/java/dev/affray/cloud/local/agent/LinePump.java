package dev.affray.cloud.local.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a child's output line by line to the log and the listener. It never stops reading, or the child would stand still. */
final class LinePump {
    private static final Logger LOG = LoggerFactory.getLogger(LinePump.class);
    private static final int LONGEST = 8_192;

    private final RotatingLog log;
    private final Consumer<String> listener;
    private boolean failing;

    /** @param listener what it throws is logged and otherwise ignored */
    LinePump(RotatingLog log, Consumer<String> listener) {
        this.log = log;
        this.listener = listener;
    }

    /** Until the output ends. A line of more than 8192 characters is handed on in pieces. */
    void run(BufferedReader output) {
        StringBuilder line = new StringBuilder();
        try (output) {
            for (int c = output.read(); c >= 0; c = output.read()) {
                if (c == '\n' || line.length() == LONGEST) {
                    hand(line);
                }
                if (c != '\n' && c != '\r') {
                    line.append((char) c);
                }
            }
        } catch (IOException e) {
            LOG.debug("The agent's output ended: {}", e.toString());
        }
        if (!line.isEmpty()) {
            hand(line);
        }
    }

    private void hand(StringBuilder line) {
        String text = line.toString();
        line.setLength(0);
        try {
            log.add(text);
            listener.accept(text);
            failing = false;
        } catch (IOException | RuntimeException e) {
            if (!failing) {
                failing = true;
                LOG.warn("The agent's output cannot be kept: {}", e.toString());
            }
        }
    }
}
