package dev.affray.agent.enroll;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What to make a gateway in AWS IoT.
 *
 * @param thing its name
 * @param attributes of the thing; those it has besides are kept
 * @param policy the IoT policy to attach to its certificate
 * @param roleAlias what it gets its credentials by
 */
public record EnrolmentPlan(String thing, Map<String, String> attributes, String policy, String roleAlias) {
    /** AWS IoT's own rules; without a thing type three attributes are allowed, of which {@code site} may be one. */
    public static final int MOST_ATTRIBUTES = 3;

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.,@/:#-]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[a-zA-Z0-9_.,@/:#=\\[\\]-]{1,800}");

    /** What a value may look like, in words for an error message. */
    public static final String VALUE_RULE = "1 to 800 characters of A-Z a-z 0-9 _ . , @ / : # = [ ] -, without spaces";

    public EnrolmentPlan {
        attributes = Map.copyOf(new TreeMap<>(attributes));
    }

    /** Whether AWS IoT takes an attribute of this name. */
    public static boolean isAttributeName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Whether AWS IoT takes an attribute with this value. */
    public static boolean isAttributeValue(String text) {
        return VALUE.matcher(text).matches();
    }
}
