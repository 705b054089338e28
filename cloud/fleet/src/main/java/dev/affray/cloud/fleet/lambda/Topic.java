package dev.affray.cloud.fleet.lambda;

/** The topics that the rules listen to. Whether a thing's name is fit is for {@code Fleet} to say. */
sealed interface Topic {
    /** {@code affray/THING/health}. */
    record Health(String name) implements Topic {}

    /** {@code affray/THING/presence}. */
    record Presence(String name) implements Topic {}

    /** {@code affray/THING/answers/CAMERA}. */
    record Answer(String name) implements Topic {}

    /** {@code $aws/things/THING/shadow/name/SHADOW/update/documents}. */
    record ShadowDocuments(String thing, String shadow) implements Topic {}

    /** @throws IllegalArgumentException when it is none of ours */
    static Topic of(String name) {
        String[] parts = name.split("/", -1);
        if (parts.length == 3 && parts[0].equals("affray") && parts[2].equals("health")) {
            return new Health(name);
        }
        if (parts.length == 3 && parts[0].equals("affray") && parts[2].equals("presence")) {
            return new Presence(name);
        }
        if (parts.length == 4 && parts[0].equals("affray") && parts[2].equals("answers")) {
            return new Answer(name);
        }
        if (parts.length == 8
                && name.startsWith("$aws/things/")
                && parts[3].equals("shadow")
                && parts[4].equals("name")
                && name.endsWith("/update/documents")) {
            return new ShadowDocuments(parts[2], parts[5]);
        }
        throw new IllegalArgumentException("topic '" + name + "' is none that the fleet listens to");
    }
}
