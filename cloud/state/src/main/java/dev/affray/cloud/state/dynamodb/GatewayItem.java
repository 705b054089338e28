package dev.affray.cloud.state.dynamodb;

import dev.affray.cloud.state.GatewayRecord;
import dev.affray.cloud.state.Standing;
import dev.affray.cloud.state.Vitals;
import dev.affray.document.Json;
import dev.affray.frame.CameraId;
import dev.affray.health.CameraHealth;
import dev.affray.health.HealthReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** All that one gateway says, of itself and of its cameras: which it lists, its newest health report, and what its reports add up to. */
record GatewayItem(
        String thing,
        boolean online,
        @Nullable Instant presenceAt,
        Set<String> listed,
        @Nullable HealthReport report,
        @Nullable Instant healthAt,
        @Nullable Vitals vitals) {

    static GatewayItem of(Map<String, AttributeValue> item) {
        return new GatewayItem(
                Items.text(item, "id"),
                item.containsKey("online") && Items.present(item, "online").bool(),
                Items.timeOrNull(item, "presenceAt"),
                listed(item),
                item.containsKey("health") ? Json.read(Items.text(item, "health"), HealthReport.class) : null,
                Items.timeOrNull(item, "healthAt"),
                item.containsKey("vitals") ? Json.read(Items.text(item, "vitals"), Vitals.class) : null);
    }

    GatewayRecord record() {
        return new GatewayRecord(
                thing,
                online,
                presenceAt,
                report == null ? null : report.gateway(),
                healthAt,
                report != null && report.last(),
                vitals == null ? null : vitals.heardAt(),
                vitals == null ? null : vitals.heardSince());
    }

    /** The cameras that it lists or reports on. */
    List<CameraId> cameras() {
        List<CameraId> ids = new ArrayList<>();
        listed.forEach(camera -> ids.add(new CameraId(thing, camera)));
        if (report != null) {
            report.cameras().forEach(health -> ids.add(new CameraId(thing, health.camera())));
        }
        return ids;
    }

    @Nullable
    CameraHealth health(String camera) {
        return report == null
                ? null
                : report.cameras().stream()
                        .filter(health -> health.camera().equals(camera))
                        .findFirst()
                        .orElse(null);
    }

    @Nullable
    Standing standing(String camera) {
        return vitals == null ? null : vitals.cameras().get(camera);
    }

    private static Set<String> listed(Map<String, AttributeValue> item) {
        return item.containsKey("listed")
                ? Items.present(item, "listed").l().stream()
                        .map(AttributeValue::s)
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }
}
