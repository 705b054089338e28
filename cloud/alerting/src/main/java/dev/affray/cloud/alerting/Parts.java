package dev.affray.cloud.alerting;

import dev.affray.cloud.state.Head;
import dev.affray.incident.Incident;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which incidents of a head turned out to be part of which. */
final class Parts {
    private Parts() {}

    /** Those that are part of an incident, directly or through others. */
    static List<Incident> of(Head head, Incident whole) {
        Map<String, Incident> byId = head.incidents().stream().collect(Collectors.toMap(Incident::id, i -> i));
        return head.incidents().stream().filter(i -> isPart(i, whole, byId)).toList();
    }

    private static boolean isPart(@Nullable Incident part, Incident whole, Map<String, Incident> byId) {
        String into = part == null ? null : part.mergedInto();
        return into != null && (into.equals(whole.id()) || isPart(byId.get(into), whole, byId));
    }
}
