package dev.affray.cloud.console;

import java.time.Instant;
import java.util.List;

/**
 * All that the console's first page shows.
 *
 * @param at when it was gathered, by the cloud's clock
 * @param headline how things are, in a line
 * @param cameras by site and name
 * @param incidents the newest first
 * @param gateways by thing name
 */
public record Status(
        Instant at,
        Headline headline,
        List<CameraView> cameras,
        List<IncidentView> incidents,
        List<GatewayView> gateways) {
    /**
     * How things are.
     *
     * @param tone of the whole
     * @param text one line
     * @param details one line for each thing that is not as it should be, when there is more than one
     */
    public record Headline(Tone tone, String text, List<String> details) {}
}
