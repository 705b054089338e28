package dev.affray.cloud.alerting;

import dev.affray.recipient.Filter;
import dev.affray.recipient.Recipient;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A channel of its own for each recipient: one address that fails repeats nothing to the others, and nobody sees who else is told. Each costs a claim and a
 * connection for every message.
 */
public final class Channels {
    private static final int NAME_BYTES = 6;

    private Channels() {}

    /**
     * The channels of one medium. Who is in several groups with the same filter has one channel.
     *
     * @param medium the beginning of their names; what follows does not tell the address
     * @param recipients those of each group
     * @param publisher takes messages to one address
     */
    public static List<Channel> each(
            String medium, Map<Group, List<Recipient>> recipients, Function<String, Publisher> publisher) {
        Map<Recipient, Set<Group>> groups = new LinkedHashMap<>();
        for (Group group : Group.values()) {
            for (Recipient recipient : recipients.getOrDefault(group, List.of())) {
                groups.computeIfAbsent(recipient, _ -> EnumSet.noneOf(Group.class))
                        .add(group);
            }
        }
        Map<String, Publisher> publishers = new HashMap<>();
        List<Channel> channels = new ArrayList<>();
        groups.forEach((recipient, reached) -> {
            Publisher all = publishers.computeIfAbsent(recipient.to(), publisher);
            Publisher some = recipient.filter().equals(Filter.ALL) ? all : new Filtered(recipient.filter(), all);
            String name = medium + "-"
                    + hash(recipient.to() + " " + reached.iterator().next());
            channels.add(new Channel(name, reached, some));
        });
        return channels;
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no SHA-256", e);
        }
    }
}
