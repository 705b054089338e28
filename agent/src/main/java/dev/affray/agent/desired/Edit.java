package dev.affray.agent.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.affray.document.Json;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One field of a document, and what it is to be.
 *
 * @param path the names that lead to it
 * @param value null of JSON takes it out
 */
public record Edit(List<String> path, JsonNode value) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

    public Edit {
        path = List.copyOf(path);
    }

    /**
     * Reads {@code path=value}: names with dots between them, and JSON or, where it is none, a plain text.
     *
     * @throws IllegalArgumentException when it is none; the message never repeats the value
     */
    public static Edit parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("'" + text + "' is not PATH=VALUE, such as sampling.fps=2");
        }
        List<String> path = List.of(text.substring(0, equals).split("\\.", -1));
        if (!path.stream().allMatch(name -> NAME.matcher(name).matches())) {
            throw new IllegalArgumentException("'" + text.substring(0, equals)
                    + "' is not the way to a field, such as sampling.fps; lists are given whole");
        }
        String value = text.substring(equals + 1);
        if (value.isBlank()) {
            throw new IllegalArgumentException(
                    text.substring(0, equals) + " has no value; null takes a field out of the document");
        }
        return new Edit(path, value(value));
    }

    private static JsonNode value(String text) {
        try {
            return Json.tree(text);
        } catch (IllegalArgumentException e) {
            return TextNode.valueOf(text);
        }
    }

    /**
     * Puts the value into a document; objects on the way are made.
     *
     * @throws IllegalArgumentException when the way leads through something that is no object
     */
    public void applyTo(ObjectNode document) {
        ObjectNode at = document;
        for (String name : path.subList(0, path.size() - 1)) {
            JsonNode next = at.get(name);
            if (next == null || next.isNull()) {
                if (value.isNull()) {
                    return;
                }
                at = at.putObject(name);
            } else if (next instanceof ObjectNode object) {
                at = object;
            } else {
                throw new IllegalArgumentException(String.join(".", path) + ": " + name
                        + " is no object in this document; give all of it, as JSON");
            }
        }
        if (value.isNull()) {
            at.remove(path.getLast());
        } else {
            at.set(path.getLast(), value);
        }
    }
}
