package dev.affray.cloud.function;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A function's settings, read once from its environment. A getter whose variable is missing or wrong returns a stand-in and notes the problem, so that
 * {@link #check} tells all of them at once:
 *
 * <pre>
 * Environment environment = Environment.of(System.getenv());
 * String table = environment.text("HEADS_TABLE");
 * int days = environment.whole("INCIDENT_DAYS", 1, 3650);
 * environment.check();
 * </pre>
 *
 * Not thread-safe.
 */
public final class Environment {
    private final Map<String, String> variables;
    private final List<String> problems = new ArrayList<>();

    private Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    /** Reads from these variables. */
    public static Environment of(Map<String, String> variables) {
        return new Environment(Map.copyOf(variables));
    }

    /** A variable that must be there and not blank. */
    public String text(String name) {
        Optional<String> value = optional(name);
        if (value.isEmpty()) {
            problems.add(name + " is missing");
        }
        return value.orElse("");
    }

    /** A variable that may be missing; blank counts as missing. */
    public Optional<String> optional(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** A whole number that must be there, from {@code least} to {@code most}. */
    public int whole(String name, int least, int most) {
        text(name);
        return optionalWhole(name, least, most).orElse(least);
    }

    /** A whole number from {@code least} to {@code most} that may be missing; blank counts as missing. */
    public OptionalInt optionalWhole(String name, int least, int most) {
        Optional<String> value = optional(name);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int number = Integer.parseInt(value.get());
            if (number >= least && number <= most) {
                return OptionalInt.of(number);
            }
        } catch (NumberFormatException e) {
            // Told below, as a number out of bounds is.
        }
        problems.add(name + " is '" + value.get() + "', not a whole number from " + least + " to " + most);
        return OptionalInt.empty();
    }

    /** One of some words, which must be there. */
    public String oneOf(String name, List<String> words) {
        String value = text(name);
        if (!value.isEmpty() && !words.contains(value)) {
            problems.add(name + " is '" + value + "', not one of " + String.join(", ", words));
        }
        return words.contains(value) ? value : words.getFirst();
    }

    /** Texts separated by commas, at least one. */
    public List<String> list(String name) {
        String value = text(name);
        List<String> items = Arrays.stream(value.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
        if (items.isEmpty() && !value.isEmpty()) {
            problems.add(name + " names nothing");
        }
        return items;
    }

    /** Notes a problem that only the function itself can see. */
    public void problem(String problem) {
        problems.add(problem);
    }

    /**
     * Ends the reading.
     *
     * @throws IllegalStateException with every problem, when there are any
     */
    public void check() {
        if (!problems.isEmpty()) {
            throw new IllegalStateException("the function's environment is wrong: " + String.join("; ", problems));
        }
    }
}
