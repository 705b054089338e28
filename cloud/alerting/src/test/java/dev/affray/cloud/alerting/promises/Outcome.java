package dev.affray.cloud.alerting.promises;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.camera.AlertRule;
import dev.affray.cloud.alerting.promises.Definition.Run;
import dev.affray.cloud.state.Detection;
import dev.affray.frame.CameraId;
import dev.affray.frame.Line;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What came of deliveries once they settled.
 *
 * @param rules the cameras, with the rule of each
 * @param announced every incident that a message spoke of, as it was then
 */
record Outcome(Stores stores, Map<CameraId, AlertRule> rules, Collection<Incident> announced) {
    private static final Instant EVER = Instant.parse("2100-01-01T00:00:00Z");

    List<Detection> stored(CameraId camera) {
        return stores.detections().between(camera, Instant.EPOCH, EVER);
    }

    Definition definition(CameraId camera, Line line) {
        return new Definition(rules.get(camera), line, stored(camera));
    }

    /** The first promise: incidents are those of the definition, and all are closed. */
    void checkIncidents() {
        assertThat(stores.incidents().openHeads()).as("open heads").noneMatch(head -> rules.containsKey(head.camera()));
        for (CameraId camera : rules.keySet()) {
            for (Line line : Line.values()) {
                assertThat(all(camera, line).stream()
                                .filter(i -> i.mergedInto() == null)
                                .map(Run::of))
                        .as("%s %s", camera.camera(), line)
                        .containsExactlyElementsOf(definition(camera, line).incidents());
            }
        }
    }

    /** The second promise, but for repetitions: what is announced is part of an incident of that line, and every incident is announced. */
    void checkAnnouncements() {
        Map<String, Incident> byId = byId();
        for (Incident then : announced) {
            assertThat(byId).containsKey(then.id());
            Incident whole = whole(byId.get(then.id()), byId);
            assertThat(whole.line()).isEqualTo(then.line());
            assertThat(then.opened()).isBetween(whole.opened(), whole.lastPositive());
            assertThat(then.lastPositive()).isBetween(whole.opened(), whole.lastPositive());
        }
        Set<String> wholes = byId.values().stream()
                .filter(i -> i.mergedInto() == null)
                .map(Outcome::fact)
                .collect(Collectors.toSet());
        assertThat(new HashSet<>(announcedAs())).as("announced").isEqualTo(wholes);
    }

    /** Whether the head of a camera's live incidents has handed any to the history. */
    boolean isPruned(CameraId camera) {
        return stores.incidents().head(camera, IncidentKind.FIGHT, Line.LIVE).prunedThrough() != null;
    }

    /** How many messages were repetitions. */
    int repetitions() {
        return announced.size() - ids().size();
    }

    /** The incidents that were announced more than once, however often. */
    Set<String> repeated() {
        Set<String> once = new HashSet<>();
        return announced.stream().map(Incident::id).filter(id -> !once.add(id)).collect(Collectors.toSet());
    }

    /** What each announced incident became in the end, in words. */
    List<String> announcedAs() {
        Map<String, Incident> byId = byId();
        return ids().stream().map(id -> fact(whole(byId.get(id), byId))).toList();
    }

    private Set<String> ids() {
        return announced.stream().map(Incident::id).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String fact(Incident incident) {
        return incident.camera() + " " + incident.line() + " " + Run.of(incident);
    }

    /** All incidents that ever were, those merged away included. */
    private List<Incident> all(CameraId camera, Line line) {
        List<Incident> all = stores.incidents().history(camera, IncidentKind.FIGHT, line, Instant.EPOCH, EVER);
        assertThat(all)
                .as("the history holds the head")
                .containsAll(stores.incidents()
                        .head(camera, IncidentKind.FIGHT, line)
                        .incidents());
        return all;
    }

    private Map<String, Incident> byId() {
        Map<String, Incident> byId = new HashMap<>();
        for (CameraId camera : rules.keySet()) {
            for (Line line : Line.values()) {
                all(camera, line).forEach(i -> byId.put(i.id(), i));
            }
        }
        return byId;
    }

    private static Incident whole(Incident incident, Map<String, Incident> byId) {
        return incident.mergedInto() == null ? incident : whole(byId.get(incident.mergedInto()), byId);
    }
}
