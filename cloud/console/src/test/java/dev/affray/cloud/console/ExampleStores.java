package dev.affray.cloud.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.camera.GatewayConfig;
import dev.affray.camera.Reported;
import dev.affray.cloud.state.CameraRecord;
import dev.affray.cloud.state.CameraStore;
import dev.affray.cloud.state.Detection;
import dev.affray.cloud.state.DetectionStore;
import dev.affray.cloud.state.GatewayRecord;
import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.Notification;
import dev.affray.cloud.state.NotificationStore;
import dev.affray.cloud.state.Step;
import dev.affray.frame.CameraId;
import dev.affray.frame.Line;
import dev.affray.health.HealthReport;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a test puts in, the console reads; nothing can be written through the ports. */
final class ExampleStores implements DetectionStore, IncidentStore, NotificationStore, CameraStore {
    final List<Detection> detections = new CopyOnWriteArrayList<>();
    final List<Incident> incidents = new CopyOnWriteArrayList<>();
    final List<Notification> notifications = new CopyOnWriteArrayList<>();
    final List<CameraRecord> cameras = new CopyOnWriteArrayList<>();
    final List<GatewayRecord> gateways = new CopyOnWriteArrayList<>();

    @Override
    public List<Detection> between(CameraId camera, Instant after, Instant before) {
        return detections.stream()
                .filter(detection -> detection.camera().equals(camera))
                .filter(detection -> detection.frame().capturedAt().isAfter(after))
                .filter(detection -> detection.frame().capturedAt().isBefore(before))
                .sorted(Comparator.comparing(Detection::frame))
                .toList();
    }

    @Override
    public Optional<Detection> newest(CameraId camera) {
        return between(camera, Instant.MIN, Instant.MAX).reversed().stream().findFirst();
    }

    @Override
    public Optional<Incident> find(String id) {
        return incidents.stream().filter(incident -> incident.id().equals(id)).findFirst();
    }

    @Override
    public List<Incident> recent(int limit) {
        return incidents.stream()
                .sorted(Comparator.comparing(Incident::opened).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public List<Notification> of(String incident) {
        return notifications.stream()
                .filter(notification -> notification.incident().equals(incident))
                .toList();
    }

    @Override
    public Optional<CameraRecord> camera(CameraId camera) {
        return cameras.stream().filter(known -> known.id().equals(camera)).findFirst();
    }

    @Override
    public List<CameraRecord> cameras() {
        return List.copyOf(cameras);
    }

    @Override
    public Optional<GatewayRecord> gateway(String thing) {
        return gateways.stream()
                .filter(gateway -> gateway.thing().equals(thing))
                .findFirst();
    }

    @Override
    public List<GatewayRecord> gateways() {
        return List.copyOf(gateways);
    }

    @Override
    public boolean put(Detection detection) {
        throw readOnly();
    }

    @Override
    public Head head(CameraId camera, IncidentKind kind, Line line) {
        throw readOnly();
    }

    @Override
    public boolean replace(Head head) {
        throw readOnly();
    }

    @Override
    public void project(Incident incident) {
        throw readOnly();
    }

    @Override
    public List<Incident> history(CameraId camera, IncidentKind kind, Line line, Instant from, Instant to) {
        throw readOnly();
    }

    @Override
    public List<Incident> open() {
        throw readOnly();
    }

    @Override
    public Claim claim(String incident, Step step, Instant now, Duration lease) {
        throw readOnly();
    }

    @Override
    public void record(String incident, Step step, Instant sentAt, String receipt) {
        throw readOnly();
    }

    @Override
    public void release(String incident, Step step, int attempt) {
        throw readOnly();
    }

    @Override
    public void putDocument(CameraId camera, long version, JsonNode desired) {
        throw readOnly();
    }

    @Override
    public void putGatewayDocument(String thing, long version, GatewayConfig config) {
        throw readOnly();
    }

    @Override
    public void putReported(CameraId camera, long version, Reported reported) {
        throw readOnly();
    }

    @Override
    public void putHealth(HealthReport report) {
        throw readOnly();
    }

    @Override
    public void putPresence(String thing, boolean online, Instant at) {
        throw readOnly();
    }

    private static UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException("the console only reads");
    }
}
