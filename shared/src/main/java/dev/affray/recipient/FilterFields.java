package dev.affray.recipient;

import dev.affray.document.Fields;
import dev.affray.frame.CameraId;
import dev.affray.incident.IncidentKind;
import dev.affray.incident.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the filter in a recipient's object. What SNS could not take is refused in the local edition as well: a file that one takes, the other does. */
public final class FilterFields {
    /** SNS takes no filter policy with more combinations of values. */
    private static final int MOST_COMBINATIONS = 150;

    private static final int MOST = 50;
    private static final int LONGEST_SITE = 64;

    /** SNS wants quotes and backslashes in filters escaped twice, and does not say where: names without them are safe. */
    private static final Pattern SITE = Pattern.compile("[^\\s\"\\\\]([^\"\\\\]*[^\\s\"\\\\])?");

    private static final Pattern CAMERA = Pattern.compile("([A-Za-z0-9_-]{1,64}/)?[A-Za-z0-9_-]{1,64}");

    private FilterFields() {}

    /** The filter; {@link Filter#ALL} where there is none. */
    public static Filter read(Fields item, Told told) {
        List<String> sites = item.texts("sites", MOST, once(FilterFields::siteComplaint));
        List<String> cameras = item.texts("cameras", MOST, once(FilterFields::cameraComplaint));
        List<IncidentKind> kinds = kinds(item, told);
        Filter filter = new Filter(sites, cameras, kinds, severity(item, told));
        int combinations = Stream.of(sites, cameras, kinds)
                .mapToInt(values -> Math.max(1, values.size()))
                .reduce(1, (a, b) -> a * b);
        if (combinations > MOST_COMBINATIONS) {
            item.problem(
                    sites.size() > cameras.size() ? "sites" : "cameras",
                    "makes " + combinations + " combinations of sites, cameras and kinds; SNS takes "
                            + MOST_COMBINATIONS);
        }
        for (String field : List.of("sites", "cameras", "kinds")) {
            if (item.holdsArray(field) && item.items(field, Integer.MAX_VALUE).isEmpty()) {
                item.problem(field, "is empty, so that nothing would be told; leave it out for all");
            }
        }
        return filter;
    }

    private static List<IncidentKind> kinds(Fields item, Told told) {
        List<String> names =
                Stream.of(IncidentKind.values()).map(IncidentKind::name).toList();
        List<IncidentKind> kinds = new ArrayList<>();
        item.texts("kinds", MOST, once(name -> {
            if (!names.contains(name)) {
                return Optional.of("is not one of " + String.join(", ", names));
            }
            IncidentKind kind = IncidentKind.valueOf(name);
            kinds.add(kind);
            return told.covers(kind)
                    ? Optional.empty()
                    : Optional.of(
                            kind.isCondition()
                                    ? "is told to those under operations, never here"
                                    : "is told to those under alerts and escalation, never here");
        }));
        return kinds;
    }

    private static Severity severity(Fields item, Told told) {
        Optional<String> text = item.optionalText("severity", 16);
        if (text.isPresent()
                && Stream.of(Severity.values()).noneMatch(s -> s.name().equals(text.get()))) {
            item.problem("severity", "is not one of NORMAL, HIGH");
            return Severity.NORMAL;
        }
        Severity severity = text.map(Severity::valueOf).orElse(Severity.NORMAL);
        if (severity == Severity.HIGH && told == Told.CONDITIONS) {
            item.problem("severity", "is HIGH, which only a fight ever is; nothing would be told here");
        }
        return severity;
    }

    private static Optional<String> siteComplaint(String site) {
        if (site.length() > LONGEST_SITE) {
            return Optional.of("is " + site.length() + " characters long; a site's name has at most " + LONGEST_SITE);
        }
        boolean shown = site.codePoints()
                .noneMatch(c -> Character.isISOControl(c)
                        || Character.getType(c) == Character.SURROGATE
                        || (c & 0xFFFE) == 0xFFFE);
        return shown && SITE.matcher(site).matches()
                ? Optional.empty()
                : Optional.of("is not the name of a site without \" and \\, control characters and outer spaces");
    }

    private static Optional<String> cameraComplaint(String camera) {
        return CAMERA.matcher(camera).matches()
                ? Optional.empty()
                : Optional.of("is not GATEWAY/CAMERA or CAMERA, each " + CameraId.NAME_RULE);
    }

    private static Function<String, Optional<String>> once(Function<String, Optional<String>> complaint) {
        Set<String> seen = new HashSet<>();
        return text -> seen.add(text) ? complaint.apply(text) : Optional.of("stands there twice");
    }
}
