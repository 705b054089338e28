package dev.affray.cloud.alerting;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads a table of letters and their spellings. */
final class Spelling {
    private Spelling() {}

    /**
     * The table, with the small letters of those capitals whose small letters it does not name.
     *
     * @param table letters and spellings in turn, with a space between; {@code -} spells a letter that is silent, or a dash
     */
    static Map<Integer, String> read(String table) {
        String[] words = table.strip().split("\\s+", -1);
        Map<Integer, String> spelled = new HashMap<>();
        for (int i = 0; i + 1 < words.length; i += 2) {
            int letter = words[i].codePointAt(0);
            String spelling = Character.isLetter(letter) && words[i + 1].equals("-") ? "" : words[i + 1];
            spelled.put(letter, spelling);
            spelled.putIfAbsent(Character.toLowerCase(letter), spelling.toLowerCase(Locale.ROOT));
        }
        spelled.put((int) 'ς', "s");
        return Map.copyOf(spelled);
    }
}
