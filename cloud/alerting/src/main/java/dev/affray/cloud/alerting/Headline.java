package dev.affray.cloud.alerting;

import java.util.List;

/**
 * A message on one short line: what, where, when. Only the names give way when room is short, each in fair parts; what happened and when never do. A name
 * of which the alphabet leaves nothing gives way to the id.
 *
 * @param alphabet of the channel
 * @param what what happened, in the alphabet, with what comes before the names
 * @param names where, in the alphabet, the most telling first
 * @param end the end of the line, in the alphabet, with what comes after the names
 */
record Headline(Alphabet alphabet, String what, List<String> names, String end) {
    static final String BETWEEN = ", ";

    /** Fewer units than this for each name say so little that the first one gets them all. */
    private static final int TELLING = 10;

    /** The camera and the site. */
    static List<String> names(Alert alert, Alphabet alphabet) {
        return List.of(
                spelled(alphabet, alert.cameraName(), alert.incident().camera().camera()),
                spelled(alphabet, alert.site().name(), alert.incident().camera().thing()));
    }

    /** The name of a place; of one that the alphabet cannot say, the id. */
    static String spelled(Alphabet alphabet, String name, String id) {
        String spelled = alphabet.spell(name);
        return spelled.codePoints().anyMatch(Character::isLetterOrDigit) ? spelled : id;
    }

    /** What the names would take. */
    int wanted() {
        return alphabet.length(String.join(BETWEEN, names));
    }

    /** What the names may take; negative where not even the rest fits. */
    int room(int most) {
        return most - alphabet.length(what + end);
    }

    /** The line in at most so many units, where the room is not negative. */
    String within(int most) {
        return what + where(room(most)) + end;
    }

    private String where(int room) {
        int forNames = room - alphabet.length(BETWEEN.repeat(names.size() - 1));
        if (wanted() <= room) {
            return String.join(BETWEEN, names);
        }
        if (names.size() == 1 || forNames < 2 * TELLING) {
            return alphabet.cut(names.getFirst(), room);
        }
        String first = names.getFirst();
        String second = names.getLast();
        int forSecond = Math.min(alphabet.length(second), Math.max(forNames / 2, forNames - alphabet.length(first)));
        return alphabet.cut(first, forNames - forSecond) + BETWEEN + alphabet.cut(second, forSecond);
    }
}
