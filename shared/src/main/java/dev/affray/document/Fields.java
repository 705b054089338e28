package dev.affray.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One JSON object, read field by field. A field that is missing, of the wrong type or out of range becomes a {@link Problem}, never a silent
 * default, and reading goes on so that all problems are found at once; {@link #end} reports the fields nobody asked for. After a problem the
 * getters return a stand-in of the right type, so a value built from them is only good when {@link #problems} stayed empty.
 *
 * <p>Not thread-safe.
 */
public final class Fields {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$-]*");

    private static final Pattern INSTANT =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})");
    private static final String INSTANT_RULE = "a time with its offset from UTC such as 2026-12-01T08:00:00+01:00";

    private final JsonNode object;
    private final String path;
    private final String shorthand;
    private final List<Problem> problems;
    private final Set<String> known = new LinkedHashSet<>();

    private Fields(JsonNode object, String path, List<Problem> problems) {
        this(object, path, "", problems);
    }

    /** @param shorthand the field that the document has in place of the whole object, if it has */
    private Fields(JsonNode object, String path, String shorthand, List<Problem> problems) {
        this.object = object;
        this.shorthand = shorthand;
        this.path = path;
        this.problems = problems;
    }

    /** Reads a whole document; anything but an object is its only problem. */
    public static <T> Reading<T> read(JsonNode document, Function<Fields, T> shape) {
        List<Problem> problems = new ArrayList<>();
        Fields fields = new Fields(document, "$", problems);
        if (!document.isObject()) {
            problems.add(new Problem("$", "must be an object, not " + kind(document)));
            return new Reading.Refused<>(problems);
        }
        T value = shape.apply(fields);
        fields.end();
        return problems.isEmpty() ? new Reading.Accepted<>(value) : new Reading.Refused<>(problems);
    }

    /** All problems found so far, in the whole document. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** Adds a problem about one field, for what only the caller can judge. */
    public void problem(String field, String message) {
        problems.add(new Problem(field.equals(shorthand) ? path : path + "." + field, message));
    }

    /** Whether the field stands in the document (an explicit null does not count). */
    public boolean has(String field) {
        return value(field).isPresent();
    }

    /** A text that must be there. */
    public String text(String field, int maxLength) {
        return optionalText(field, maxLength).orElseGet(() -> missing(field, ""));
    }

    /** A text, or the default where it is absent. */
    public String text(String field, int maxLength, String fallback) {
        return optionalText(field, maxLength).orElse(fallback);
    }

    /** A text that may be absent; present and blank is a problem. */
    public Optional<String> optionalText(String field, int maxLength) {
        return value(field).map(node -> {
            if (!node.isTextual()) {
                wrongType(field, "a text", node);
            } else if (node.textValue().isBlank()) {
                problem(field, "must not be blank");
            } else if (node.textValue().length() > maxLength) {
                problem(field, "is " + node.textValue().length() + " characters long; at most " + maxLength);
            } else if (!isShowable(node.textValue())) {
                problem(field, "has a line break or another character that cannot be shown; leave it out");
            }
            return node.asText();
        });
    }

    /** Such texts end up in logs, mails and messages: in one line, and as UTF-8. */
    private static boolean isShowable(String text) {
        return text.chars().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** A text of a given form that may be absent; {@code rule} says the form in words. The problem never repeats the text: it may be a secret. */
    public Optional<String> optionalText(String field, Pattern form, String rule) {
        Optional<String> text = optionalText(field, 4096);
        text.filter(t -> !t.isBlank() && !form.matcher(t).matches()).ifPresent(t -> problem(field, "is not " + rule));
        return text;
    }

    /** A time that must be there; empty where it is a problem. */
    public Optional<Instant> instant(String field) {
        if (!has(field)) {
            problem(field, "is missing; " + INSTANT_RULE);
        }
        return optionalInstant(field);
    }

    /** A time that may be absent; empty as well where it is a problem. */
    public Optional<Instant> optionalInstant(String field) {
        return optionalText(field, INSTANT, INSTANT_RULE)
                .filter(text -> INSTANT.matcher(text).matches())
                .flatMap(text -> {
                    try {
                        return Optional.of(OffsetDateTime.parse(text).toInstant());
                    } catch (DateTimeException e) {
                        problem(field, "is " + text + ", which is not in the calendar or not on the clock");
                        return Optional.empty();
                    }
                });
    }

    /** A whole number within bounds, or the default where it is absent. */
    public int integer(String field, int min, int max, int fallback) {
        return optionalInteger(field, min, max).orElse(fallback);
    }

    /** A whole number within bounds that may be absent. */
    public OptionalInt optionalInteger(String field, int min, int max) {
        Optional<JsonNode> node = value(field);
        if (node.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!node.get().isIntegralNumber()) {
            wrongType(field, "a whole number", node.get());
            return OptionalInt.empty();
        }
        long value = node.get().longValue();
        if (!node.get().canConvertToLong() || value < min || value > max) {
            problem(field, "is " + node.get().asText() + "; must be from " + min + " to " + max);
            return OptionalInt.empty();
        }
        return OptionalInt.of((int) value);
    }

    /** True or false, or the default where it is absent. */
    public boolean flag(String field, boolean fallback) {
        Optional<JsonNode> node = value(field);
        if (node.isPresent() && !node.get().isBoolean()) {
            wrongType(field, "true or false", node.get());
        }
        return node.filter(JsonNode::isBoolean).map(JsonNode::booleanValue).orElse(fallback);
    }

    /** A number within bounds, or the default where it is absent. */
    public double number(String field, double min, double max, double fallback) {
        return optionalNumber(field, min, max).orElse(fallback);
    }

    /** A number within bounds that may be absent. */
    public OptionalDouble optionalNumber(String field, double min, double max) {
        Optional<JsonNode> node = value(field);
        if (node.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (!node.get().isNumber()) {
            wrongType(field, "a number", node.get());
            return OptionalDouble.empty();
        }
        double value = node.get().doubleValue();
        if (!(value >= min && value <= max)) {
            problem(field, "is " + node.get().asText() + "; must be from " + plain(min) + " to " + plain(max));
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(value);
    }

    /** One of an enum's constants, written in lower case, or the default where it is absent. */
    public <E extends Enum<E>> E choice(String field, Class<E> type, E fallback) {
        return choice(field, type, constant -> constant.name().toLowerCase(Locale.ROOT), fallback);
    }

    /** One of an enum's constants, by the name that documents have for it, or the default where it is absent. */
    public <E extends Enum<E>> E choice(String field, Class<E> type, Function<E, String> spelled, E fallback) {
        Optional<JsonNode> node = value(field);
        if (node.isEmpty()) {
            return fallback;
        }
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String name = spelled.apply(constant);
            if (node.get().isTextual() && node.get().textValue().equals(name)) {
                return constant;
            }
            names.add(name);
        }
        problem(field, "is " + describe(node.get()) + "; must be one of " + String.join(", ", names));
        return fallback;
    }

    /**
     * The texts of an array, or none where it is absent.
     *
     * @param complaint what is wrong with an item; empty when nothing is
     */
    public List<String> texts(String field, int maxItems, Function<String, Optional<String>> complaint) {
        Optional<JsonNode> node = value(field);
        List<String> texts = new ArrayList<>();
        if (node.isEmpty()) {
            return texts;
        }
        if (!node.get().isArray()) {
            wrongType(field, "an array", node.get());
            return texts;
        }
        if (node.get().size() > maxItems) {
            problem(field, "has " + node.get().size() + " items; at most " + maxItems);
        }
        for (int i = 0; i < node.get().size(); i++) {
            JsonNode item = node.get().get(i);
            String place = field + "[" + i + "]";
            if (!item.isTextual()) {
                problem(place, "must be a text, not " + describe(item));
            } else {
                complaint.apply(item.textValue()).ifPresent(message -> problem(place, message));
                texts.add(item.textValue());
            }
        }
        return texts;
    }

    /** The items of an array, or none where it is absent. */
    public List<JsonNode> items(String field, int maxItems) {
        Optional<JsonNode> node = value(field);
        List<JsonNode> items = new ArrayList<>();
        if (node.isPresent() && !node.get().isArray()) {
            wrongType(field, "an array", node.get());
        } else if (node.isPresent() && node.get().size() > maxItems) {
            problem(field, "has " + node.get().size() + " items; at most " + maxItems);
        } else {
            node.ifPresent(array -> array.forEach(items::add));
        }
        return items;
    }

    /** Whether the field is an array: for one that may also be a word. */
    public boolean holdsArray(String field) {
        return value(field).filter(JsonNode::isArray).isPresent();
    }

    /** The objects of an array, or none where it is absent. */
    public <T> List<T> objects(String field, int maxItems, Function<Fields, T> shape) {
        List<T> objects = new ArrayList<>();
        List<JsonNode> items = items(field, maxItems);
        for (int i = 0; i < items.size(); i++) {
            nested(field + "[" + i + "]", items.get(i), shape).ifPresent(objects::add);
        }
        return objects;
    }

    /**
     * The objects of an array, or none where it is absent. An item that is a text alone stands for an object that has nothing but one field.
     *
     * @param shorthand that field's name
     */
    public <T> List<T> objects(String field, int maxItems, String shorthand, Function<Fields, T> shape) {
        List<T> objects = new ArrayList<>();
        List<JsonNode> items = items(field, maxItems);
        for (int i = 0; i < items.size(); i++) {
            JsonNode item = items.get(i);
            String place = field + "[" + i + "]";
            if (item.isTextual()) {
                JsonNode whole = JsonNodeFactory.instance.objectNode().set(shorthand, item);
                objects.add(shape.apply(new Fields(whole, path + "." + place, shorthand, problems)));
            } else if (item.isObject()) {
                nested(place, item, shape).ifPresent(objects::add);
            } else {
                problem(place, "must be a text or an object, not " + describe(item));
            }
        }
        return objects;
    }

    /** A nested object that must be there. */
    public <T> Optional<T> object(String field, Function<Fields, T> shape) {
        if (!has(field)) {
            missing(field, "");
            return Optional.empty();
        }
        return optionalObject(field, shape);
    }

    /** A nested object that may be absent. */
    public <T> Optional<T> optionalObject(String field, Function<Fields, T> shape) {
        return value(field).flatMap(node -> nested(field, node, shape));
    }

    private <T> Optional<T> nested(String place, JsonNode node, Function<Fields, T> shape) {
        if (!node.isObject()) {
            problem(place, "must be an object, not " + kind(node));
            return Optional.empty();
        }
        Fields nested = new Fields(node, path + "." + place, problems);
        T result = shape.apply(nested);
        nested.end();
        return Optional.of(result);
    }

    /** A nested object whose absence means that all of its fields have their defaults. */
    public <T> T objectOrDefaults(String field, Function<Fields, T> shape, T fallback) {
        return optionalObject(field, shape).orElse(fallback);
    }

    /** The names of the fields in the document: for objects whose keys are data. Marks them all as known. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        known.addAll(names);
        return names;
    }

    private void end() {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                String near = nearest(name);
                problems.add(new Problem(
                        path + step(name),
                        "is not a known field; "
                                + (near.isEmpty()
                                        ? "known are " + String.join(", ", known)
                                        : "did you mean " + near + "?")));
            }
        });
    }

    /** A name that is no plain word stands in brackets and quotes, as JSON paths have it; so the path says which field is meant, whatever it is called. */
    private static String step(String name) {
        if (PLAIN.matcher(name).matches()) {
            return "." + name;
        }
        StringBuilder quoted = new StringBuilder("['");
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isISOControl(c) || Character.isSurrogate(c)) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c == '\'' || c == '\\' ? "\\" : "").append(c);
            }
        }
        return quoted.append("']").toString();
    }

    private Optional<JsonNode> value(String field) {
        known.add(field);
        JsonNode node = object.get(field);
        return node == null || node.isNull() ? Optional.empty() : Optional.of(node);
    }

    private String missing(String field, String standIn) {
        problem(field, "is missing");
        return standIn;
    }

    private void wrongType(String field, String wanted, JsonNode node) {
        problem(field, "must be " + wanted + ", not " + describe(node));
    }

    /** Without its value: a text where an object belongs may well be a URL with a password in it. */
    private static String kind(JsonNode node) {
        return node.isTextual() ? "a text" : describe(node);
    }

    private static String describe(JsonNode node) {
        if (node.isObject()) {
            return "an object";
        }
        if (node.isArray()) {
            return "an array";
        }
        String text = node.toString();
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private String nearest(String name) {
        String best = "";
        int bestDistance = Math.max(2, name.length() / 3) + 1;
        for (String candidate : known) {
            int distance = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                bestDistance = distance;
                best = candidate;
            }
        }
        return best;
    }

    /** Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitution, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
