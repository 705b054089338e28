package dev.affray.agent.status;

/** Writes HTML. What is told of cameras was written by others: it goes in as text, in a direction of its own. For one thread. */
final class Html {
    private final StringBuilder out = new StringBuilder();

    /** Markup of this program's own, as it is. */
    Html markup(String markup) {
        out.append(markup);
        return this;
    }

    /** A text, in which nothing counts as markup. */
    Html text(String text) {
        text.codePoints().forEach(this::character);
        return this;
    }

    /** A text of others, which cannot change the direction of what stands beside it. */
    Html foreign(String text) {
        return markup("<bdi>").text(text).markup("</bdi>");
    }

    private void character(int c) {
        switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> out.appendCodePoint(Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF) ? 0xFFFD : c);
        }
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
