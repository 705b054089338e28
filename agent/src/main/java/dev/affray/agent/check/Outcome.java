package dev.affray.agent.check;

/** What a check came to. */
public enum Outcome {
    /** As it should be. */
    OK("ok"),

    /** It works, and something about it should be mended. */
    WARN("warn"),

    /** It does not work. */
    FAIL("FAIL"),

    /** It could not be looked at. */
    SKIP("skip");

    private final String word;

    Outcome(String word) {
        this.word = word;
    }

    /** As it stands at the beginning of a line. */
    public String word() {
        return word;
    }
}
