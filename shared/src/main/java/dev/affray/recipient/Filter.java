package dev.affray.recipient;

import dev.affray.incident.IncidentKind;
import dev.affray.incident.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * What a recipient is told of. Every criterion must be met; one without values always is. It judges a message by its attributes, as a subscription of SNS does
 * by its filter policy: an attribute may have several values, of which one is enough.
 *
 * @param sites by name, letter by letter
 * @param cameras {@code thing/camera}, or the id of a camera on any gateway; {@code _gateway} in the camera's place is a gateway itself
 * @param kinds of incidents
 * @param severity at least; what becomes {@code HIGH} later is told then
 */
public record Filter(List<String> sites, List<String> cameras, List<IncidentKind> kinds, Severity severity) {
    /** Of everything. */
    public static final Filter ALL = new Filter(List.of(), List.of(), List.of(), Severity.NORMAL);

    public Filter {
        sites = List.copyOf(sites);
        cameras = List.copyOf(cameras);
        kinds = List.copyOf(kinds);
    }

    /**
     * Whether the recipient is told.
     *
     * @param attributes the message's: {@code site}, {@code camera}, {@code kind}, {@code severity}, with at least one value each
     */
    public boolean matches(Map<String, List<String>> attributes) {
        return meets(sites, attributes, "site", String::equals)
                && meets(cameras, attributes, "camera", Filter::isCamera)
                && meets(names(kinds), attributes, "kind", String::equals)
                && meets(severities(), attributes, "severity", String::equals);
    }

    /** The same as the filter policy of an SNS subscription, on message attributes; empty for everything. */
    public Map<String, List<Object>> policy() {
        Map<String, List<Object>> policy = new LinkedHashMap<>();
        put(policy, "site", sites);
        put(policy, "camera", cameras.stream().map(Filter::cameraRule).toList());
        put(policy, "kind", names(kinds));
        put(policy, "severity", severities());
        return policy;
    }

    private static boolean meets(
            List<String> wanted,
            Map<String, List<String>> attributes,
            String name,
            BiPredicate<String, String> isMeant) {
        return wanted.isEmpty()
                || attributes.getOrDefault(name, List.of()).stream()
                        .anyMatch(value -> wanted.stream().anyMatch(want -> isMeant.test(want, value)));
    }

    private static boolean isCamera(String wanted, String camera) {
        return wanted.contains("/") ? camera.equals(wanted) : camera.endsWith("/" + wanted);
    }

    private static Object cameraRule(String wanted) {
        return wanted.contains("/") ? wanted : Map.of("suffix", "/" + wanted);
    }

    private List<String> severities() {
        return severity == Severity.HIGH ? List.of(Severity.HIGH.name()) : List.of();
    }

    private static List<String> names(List<IncidentKind> kinds) {
        return kinds.stream().map(IncidentKind::name).toList();
    }

    private static void put(Map<String, List<Object>> policy, String name, List<?> values) {
        if (!values.isEmpty()) {
            policy.put(name, List.copyOf(values));
        }
    }
}
