package dev.affray.cloud.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.camera.GatewayConfig;
import dev.affray.camera.Reported;
import dev.affray.cloud.state.CameraRecord;
import dev.affray.cloud.state.CameraStore;
import dev.affray.cloud.state.GatewayRecord;
import dev.affray.frame.CameraId;
import dev.affray.health.HealthReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remembers the calls that reach a camera store, in order. */
final class RememberedCameras implements CameraStore {
    record Document(CameraId camera, long version, JsonNode desired) {}

    record Gateway(String thing, long version, GatewayConfig config) {}

    record Report(CameraId camera, long version, Reported reported) {}

    record Presence(String thing, boolean online, Instant at) {}

    final List<Object> puts = new ArrayList<>();

    @Override
    public void putDocument(CameraId camera, long version, JsonNode desired) {
        puts.add(new Document(camera, version, desired));
    }

    @Override
    public void putGatewayDocument(String thing, long version, GatewayConfig config) {
        puts.add(new Gateway(thing, version, config));
    }

    @Override
    public void putReported(CameraId camera, long version, Reported reported) {
        puts.add(new Report(camera, version, reported));
    }

    @Override
    public void putHealth(HealthReport report) {
        puts.add(report);
    }

    @Override
    public void putPresence(String thing, boolean online, Instant at) {
        puts.add(new Presence(thing, online, at));
    }

    @Override
    public Optional<CameraRecord> camera(CameraId camera) {
        return Optional.empty();
    }

    @Override
    public List<CameraRecord> cameras() {
        return List.of();
    }

    @Override
    public Optional<GatewayRecord> gateway(String thing) {
        return Optional.empty();
    }

    @Override
    public List<GatewayRecord> gateways() {
        return List.of();
    }
}
