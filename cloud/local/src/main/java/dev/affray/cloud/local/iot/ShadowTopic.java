package dev.affray.cloud.local.iot;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request topic of the named shadows, {@code $aws/things/{thing}/shadow/name/{name}/{get|update|delete}}. Unnamed shadows are not offered. */
record ShadowTopic(String thing, String name, Verb verb) {
    /** What a shadow name may look like, in words for an error message; AWS IoT has the same limit of 64. */
    static final String NAME_RULE = "1 to 64 characters of A-Z a-z 0-9 _ -";

    private static final String NAME = "[A-Za-z0-9_-]{1,64}";
    private static final Pattern SHADOW_NAME = Pattern.compile(NAME);
    private static final Pattern REQUEST =
            Pattern.compile("\\$aws/things/(" + NAME + ")/shadow/name/(" + NAME + ")/(get|update|delete)");

    enum Verb {
        GET,
        UPDATE,
        DELETE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Optional<ShadowTopic> parse(String topic) {
        Matcher matcher = REQUEST.matcher(topic);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Verb verb = Verb.valueOf(matcher.group(3).toUpperCase(Locale.ROOT));
        return Optional.of(new ShadowTopic(matcher.group(1), matcher.group(2), verb));
    }

    static boolean isShadowName(String text) {
        return SHADOW_NAME.matcher(text).matches();
    }

    /** The request topic, or with a suffix such as {@code accepted} a topic of its answers. */
    String path(String... suffix) {
        String request = "$aws/things/" + thing + "/shadow/name/" + name + "/" + verb.word();
        return suffix.length == 0 ? request : request + "/" + String.join("/", suffix);
    }
}
