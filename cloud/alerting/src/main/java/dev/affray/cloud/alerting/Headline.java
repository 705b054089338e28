package dev.affray.cloud.alerting;

/**
 * An alert on one short line: what, where, when. Only the names give way when room is short, each in fair parts; what happened and when never do. A name
 * of which the alphabet leaves nothing gives way to the id.
 */
final class Headline {
    private static final String BETWEEN = ", ";

    private Headline() {}

    /**
     * Composes the line.
     *
     * @param what what happened, in the alphabet
     * @param end the end of the line, in the alphabet
     * @param most units of the alphabet
     */
    static String of(Alert alert, Alphabet alphabet, String what, String end, int most) {
        String camera =
                spelled(alphabet, alert.cameraName(), alert.incident().camera().camera());
        String site =
                spelled(alphabet, alert.site().name(), alert.incident().camera().thing());
        int room = most - alphabet.length(what + ": " + BETWEEN + BETWEEN + end);
        int half = room / 2;
        int forSite = Math.min(alphabet.length(site), Math.max(half, room - alphabet.length(camera)));
        String where = alphabet.cut(camera, room - forSite) + BETWEEN + alphabet.cut(site, forSite);
        return what + ": " + where + BETWEEN + end;
    }

    private static String spelled(Alphabet alphabet, String name, String id) {
        String spelled = alphabet.spell(name);
        return spelled.codePoints().anyMatch(Character::isLetterOrDigit) ? spelled : id;
    }
}
