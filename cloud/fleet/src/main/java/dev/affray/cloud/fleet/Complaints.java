package dev.affray.cloud.fleet;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what is wrong with a subject once, and again only after it changed or was well in between. Thread-safe. */
final class Complaints {
    private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);

    /** Subjects come from outside, so what is remembered about them is bounded; beyond it complaints may repeat. */
    private static final int MAX_REMEMBERED = 10_000;

    private static final int MAX_LENGTH = 600;

    private final Map<String, String> standing = new ConcurrentHashMap<>();

    void raise(String subject, String complaint) {
        if (standing.size() >= MAX_REMEMBERED) {
            standing.clear();
        }
        if (!complaint.equals(standing.put(subject, complaint))) {
            LOG.warn("{}", printable(subject + " " + complaint));
        }
    }

    void settle(String subject) {
        if (standing.remove(subject) != null) {
            LOG.info("{} is well again", printable(subject));
        }
    }

    private static String printable(String text) {
        return printable(text, MAX_LENGTH);
    }

    /** On one line and of bounded length, whatever a gateway sent. */
    static String printable(String text, int maxLength) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= maxLength ? line : line.substring(0, maxLength) + "...";
    }
}
