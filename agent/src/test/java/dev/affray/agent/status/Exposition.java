package dev.affray.agent.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Prometheus' text format 0.0.4, more strictly than Prometheus does: HELP, TYPE and all series of a family in one piece, no series twice. */
final class Exposition {
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) ([a-zA-Z_][a-zA-Z0-9_]*) (\\S.*)");
    private static final String PAIR = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\]|\\\\[\\\\\"n])*\"";
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern SERIES = Pattern.compile(
            "([a-zA-Z_][a-zA-Z0-9_]*)(?:\\{(" + PAIR + "(?:," + PAIR + ")*)})? (-?[0-9]+(?:\\.[0-9]+)?(?:E-?[0-9]+)?)");

    final Map<String, Double> series = new LinkedHashMap<>();
    final Map<String, String> types = new LinkedHashMap<>();

    static Exposition read(String text) {
        assertThat(text).endsWith("\n").doesNotContain("\r");
        Exposition read = new Exposition();
        String help = "";
        Set<String> done = new HashSet<>();
        for (String line : text.split("\n")) {
            Matcher comment = COMMENT.matcher(line);
            if (comment.matches()) {
                String name = comment.group(2);
                if (comment.group(1).equals("HELP")) {
                    assertThat(done.add(name))
                            .as("a family in one piece: " + name)
                            .isTrue();
                    help = name;
                } else {
                    assertThat(name).as("TYPE after HELP").isEqualTo(help);
                    assertThat(comment.group(3)).isIn("counter", "gauge");
                    read.types.put(name, comment.group(3));
                }
            } else {
                read.series(line, help);
            }
        }
        return read;
    }

    private void series(String line, String family) {
        Matcher parts = SERIES.matcher(line);
        assertThat(parts.matches()).as(line).isTrue();
        assertThat(parts.group(1)).isEqualTo(family);
        assertThat(family.endsWith("_total")).as(family).isEqualTo("counter".equals(types.get(family)));
        List<String> labels = new ArrayList<>();
        Matcher label = LABEL.matcher(parts.group(2) == null ? "" : parts.group(2));
        while (label.find()) {
            labels.add(label.group(1) + "=" + plain(label.group(2)));
        }
        String key = family + labels;
        assertThat(series.put(key, Double.parseDouble(parts.group(3))))
                .as("a series twice: " + key)
                .isNull();
    }

    private static String plain(String escaped) {
        return escaped.replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
    }
}
