package dev.affray.document;

/**
 * One thing wrong with a document.
 *
 * @param path where, as a JSON path from {@code $}
 * @param message what is wrong and what would be right
 */
public record Problem(String path, String message) {
    @Override
    public String toString() {
        return path + ": " + message;
    }
}
