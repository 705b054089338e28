package dev.affray.cloud.alerting;

import dev.affray.camera.Language;
import dev.affray.camera.Site;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A digest in one line: how many, where most, since when.
 *
 * @param count how many were held back
 * @param places at how many sites
 * @param most the first of the site with the most; the line is in that site's language and on its clock
 */
record Roundup(int count, int places, Alert most) {
    static Roundup of(Digest digest) {
        Map<Site, List<Alert>> sites = bySite(digest.alerts());
        List<Alert> most =
                sites.values().stream().max(Comparator.comparingInt(List::size)).orElseThrow();
        return new Roundup(digest.alerts().size(), sites.size(), most.getFirst());
    }

    /** The alerts of each site, in the order of the first of each. */
    static Map<Site, List<Alert>> bySite(List<Alert> alerts) {
        Map<Site, List<Alert>> sites = new LinkedHashMap<>();
        for (Alert alert : alerts) {
            sites.computeIfAbsent(alert.site(), _ -> new ArrayList<>()).add(alert);
        }
        return sites;
    }

    Language language() {
        return most.site().language();
    }

    /** How many were held back, in words. */
    String what() {
        return count == 1
                ? Phrase.ONE_HELD_BACK.full(language())
                : Phrase.HELD_BACK.full(language(), Integer.toString(count));
    }

    /** Where, in words around the name of the site. */
    String where(String site) {
        return places == 1 ? site : Phrase.MOST_AT.full(language(), site);
    }

    /** Since when, in words around the time. */
    String since(BiFunction<Times, Instant, String> form) {
        return Phrase.FROM.full(language(), form.apply(Times.of(most), most.at()));
    }

    /** It as a line of an alphabet with an end of that alphabet. */
    Headline headline(Alphabet alphabet, String end) {
        String site = Headline.spelled(
                alphabet, most.site().name(), most.incident().camera().thing());
        String what = alphabet.spelled(what() + Heading.COLON + where(""));
        return new Headline(alphabet, what, List.of(site), end);
    }
}
