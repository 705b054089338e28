package dev.affray.cloud.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.camera.CameraConfig;
import dev.affray.camera.CameraDocument;
import dev.affray.camera.GatewayConfig;
import dev.affray.cloud.local.iot.Shadow;
import dev.affray.cloud.local.iot.ShadowService;
import dev.affray.document.Json;
import dev.affray.document.Reading;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Writes the cameras of the command line into the shadows, as an administrator would. What people changed in a camera's document since the last start
 * stays, but for where its video comes from, and for the site, its zone and language where the command line names them.
 */
final class CameraDocuments {
    /** The edge score of the sample camera's frames that counts towards an alarm: drawn people who just walk score higher than real ones do. */
    private static final int DRAWN_EDGE_SCORE = 95;

    private final ShadowService shadows;
    private final Settings settings;

    CameraDocuments(ShadowService shadows, Settings settings) {
        this.shadows = shadows;
        this.settings = settings;
    }

    /** Makes the gateway serve exactly the cameras of this run. Returns how many frames a second they take together, at most. */
    double write(String thing) {
        double framesPerSecond = 0;
        ObjectNode gateway = Json.MAPPER.createObjectNode();
        ArrayNode ids = gateway.putArray("cameras");
        for (CameraArgument camera : settings.cameras()) {
            framesPerSecond += put(thing, camera.id(), camera.id(), Optional.of(camera));
            ids.add(camera.id());
        }
        if (settings.sample()) {
            framesPerSecond += put(thing, Run.SAMPLE, "Sample camera (synthetic)", Optional.empty());
            ids.add(Run.SAMPLE);
        }
        shadows.update(thing, GatewayConfig.SHADOW_NAME, gateway);
        return framesPerSecond;
    }

    private double put(String thing, String id, String name, Optional<CameraArgument> camera) {
        String shadow = CameraConfig.shadowName(id);
        ObjectNode document = shadows.get(thing, shadow)
                .map(Shadow::desired)
                .filter(desired -> !desired.isEmpty())
                .map(desired -> desired.<ObjectNode>deepCopy())
                .orElseGet(() -> fresh(name, camera.isEmpty()));
        ObjectNode site = document.withObject("/site");
        settings.site().ifPresent(text -> site.put("name", text));
        settings.zone().ifPresent(zone -> site.put("zone", zone.getId()));
        settings.language().ifPresent(language -> site.put("language", language.code()));
        document.remove("source");
        if (camera.orElse(null) instanceof CameraArgument.Stream stream) {
            ObjectNode source = document.putObject("source");
            source.put("url", stream.url().toString());
            source.put("transport", "tcp");
            stream.login().ifPresent(_ -> source.put("secret", "secret:" + id));
            String fingerprint = settings.fingerprints().get(id);
            if (fingerprint != null) {
                source.put("fingerprint", fingerprint);
            }
        }
        shadows.update(thing, shadow, document);
        return switch (CameraDocument.read(document)) {
            case Reading.Accepted<CameraConfig>(CameraConfig config) ->
                config.sampling().activeFps();
            // It takes none until somebody mends it.
            case Reading.Refused<CameraConfig> _ -> 0;
        };
    }

    private ObjectNode fresh(String name, boolean drawn) {
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.put("name", name);
        ObjectNode site = document.putObject("site");
        site.put("name", "This site");
        site.put("zone", systemZone());
        if (drawn && settings.detector() instanceof DetectorChoice.EdgeScore) {
            document.putObject("alert").put("minConfidence", DRAWN_EDGE_SCORE);
        }
        return document;
    }

    /** UTC where this machine's zone is an offset, which no document may have. */
    private static String systemZone() {
        String zone = ZoneId.systemDefault().getId();
        return ZoneId.getAvailableZoneIds().contains(zone) ? zone : "UTC";
    }
}
