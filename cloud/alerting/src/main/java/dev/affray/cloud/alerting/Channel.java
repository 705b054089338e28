package dev.affray.cloud.alerting;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * A way to people. Each message is claimed, published and recorded for each channel by itself, so that one that fails repeats nothing on another.
 *
 * @param name unique, and the same after every start: claims are kept under it; lower-case letters, digits and hyphens
 * @param groups whom it reaches
 * @param publisher what hands a message over
 */
public record Channel(String name, Set<Group> groups, Publisher publisher) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");

    /** @throws IllegalArgumentException when the name is malformed, or nobody is reached */
    public Channel {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("channel '" + name + "' is not " + NAME);
        }
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("channel " + name + " reaches nobody");
        }
        groups = Set.copyOf(groups);
    }
}
