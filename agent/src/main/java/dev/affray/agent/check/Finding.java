package dev.affray.agent.check;

import org.jspecify.annotations.Nullable;

/**
 * One check's line; also its JSON. Never holds a secret.
 *
 * @param outcome how it went
 * @param subject what was looked at
 * @param detail what there is, or what is wrong, or why it could not be looked at
 * @param remedy what to do; null where there is nothing to do
 */
public record Finding(
        Outcome outcome,
        String subject,
        String detail,
        @Nullable String remedy) {
    static Finding ok(String subject, String detail) {
        return new Finding(Outcome.OK, subject, detail, null);
    }

    static Finding warn(String subject, String detail, String remedy) {
        return new Finding(Outcome.WARN, subject, detail, remedy);
    }

    static Finding fail(String subject, String detail, String remedy) {
        return new Finding(Outcome.FAIL, subject, detail, remedy);
    }

    static Finding skip(String subject, String why) {
        return new Finding(Outcome.SKIP, subject, why, null);
    }

    /** Whether what depends on it can be tried. */
    boolean works() {
        return outcome == Outcome.OK || outcome == Outcome.WARN;
    }

    /** One line, without its end. */
    public String line() {
        String text = "%-4s  %s: %s".formatted(outcome.word(), subject, detail);
        String whole = remedy == null ? text : text + (text.endsWith(".") ? " " : ". ") + remedy;
        return whole.replaceAll("\\R", " ");
    }
}
