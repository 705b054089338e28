package dev.affray.camera;

/** A language in which people are told what happened. A third one begins here: what is missing then does not compile. */
public enum Language {
    ENGLISH("en"),
    SPANISH("es");

    private final String code;

    Language(String code) {
        this.code = code;
    }

    /** Its ISO 639-1 code. */
    public String code() {
        return code;
    }
}
