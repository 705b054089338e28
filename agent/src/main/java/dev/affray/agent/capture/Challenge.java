package dev.affray.agent.capture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One way to sign in that a server offers in {@code WWW-Authenticate}.
 *
 * @param scheme in lower case, such as {@code digest}
 * @param parameters by name in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {
    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";

    /** A parameter, quoted or not, or else the scheme that begins the next challenge. Possessive: a long one would fill the stack. */
    private static final Pattern PART = Pattern.compile(
            "\\G[\\s,]*(?:(" + TOKEN + ")\\s*=\\s*(?:\"((?:[^\"\\\\]++|\\\\.)*+)\"|([^\\s,\"]*))|(" + TOKEN + "))");

    Challenge {
        parameters = Map.copyOf(parameters);
    }

    /** The challenges of one header, which may hold several. What follows something that cannot be read is left out. */
    static List<Challenge> parse(String header) {
        List<Challenge> challenges = new ArrayList<>();
        Map<String, String> parameters = new HashMap<>();
        String scheme = "";
        Matcher parts = PART.matcher(header);
        while (parts.find()) {
            if (parts.group(4) == null) {
                String value =
                        parts.group(2) == null ? parts.group(3) : parts.group(2).replaceAll("\\\\(.)", "$1");
                parameters.putIfAbsent(parts.group(1).toLowerCase(Locale.ROOT), value);
            } else {
                if (!scheme.isEmpty()) {
                    challenges.add(new Challenge(scheme, parameters));
                }
                scheme = parts.group(4).toLowerCase(Locale.ROOT);
                parameters.clear();
            }
        }
        if (!scheme.isEmpty()) {
            challenges.add(new Challenge(scheme, parameters));
        }
        return challenges;
    }

    /** A parameter's value; empty where there is none. */
    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }
}
