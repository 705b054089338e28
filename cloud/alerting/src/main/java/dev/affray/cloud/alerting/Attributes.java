package dev.affray.cloud.alerting;

import dev.affray.cloud.state.Step;
import dev.affray.incident.Incident;
import dev.affray.incident.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** What recipients filter messages by, each attribute with at least one value. A mute concerns fights of every severity; a digest has the values of all that it tells. */
public final class Attributes {
    private Attributes() {}

    /** The attributes: {@code site}, {@code camera}, {@code kind}, {@code step}, {@code severity}, {@code line}, {@code alert}; and {@code incident}, which a digest has not. */
    public static Map<String, List<String>> of(Message message) {
        List<Alert> alerts = switch (message) {
            case Alert alert -> List.of(alert);
            case Digest digest -> digest.alerts();
        };
        Map<String, List<String>> attributes = new LinkedHashMap<>();
        attributes.put("site", values(alerts, Attributes::site));
        attributes.put(
                "camera", values(alerts, alert -> alert.incident().camera().toString()));
        attributes.put("kind", values(alerts, alert -> alert.incident().kind().name()));
        attributes.put("step", values(alerts, alert -> alert.step().name()));
        attributes.put("severity", severities(alerts));
        attributes.put("line", values(alerts, alert -> alert.incident().line().name()));
        if (message instanceof Alert alert) {
            attributes.put("incident", List.of(alert.incident().id()));
        }
        attributes.put("alert", List.of(message.id()));
        return attributes;
    }

    private static List<String> values(List<Alert> alerts, Function<Alert, String> value) {
        return alerts.stream().map(value).distinct().toList();
    }

    private static List<String> severities(List<Alert> alerts) {
        boolean mute = alerts.stream().anyMatch(a -> a.step() == Step.MUTED || a.step() == Step.UNMUTED);
        Stream<Severity> severities = mute
                ? Stream.of(Severity.values())
                : alerts.stream().map(Alert::incident).map(Incident::severity);
        return severities.map(Severity::name).distinct().toList();
    }

    /** The site as people call it, without what XML 1.0 cannot carry, which is what SNS speaks; where nothing is left, its gateway. */
    private static String site(Alert alert) {
        StringBuilder kept = new StringBuilder();
        alert.site().name().codePoints().forEach(c -> kept.appendCodePoint(isXml(c) ? c : ' '));
        String name = kept.toString().strip();
        return name.isEmpty() ? alert.incident().camera().thing() : name;
    }

    private static boolean isXml(int character) {
        return !Character.isISOControl(character)
                && Character.getType(character) != Character.SURROGATE
                && (character & 0xFFFE) != 0xFFFE;
    }
}
