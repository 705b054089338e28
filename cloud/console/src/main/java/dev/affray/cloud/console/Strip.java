package dev.affray.cloud.console;

import dev.affray.cloud.state.Detection;
import dev.affray.cloud.state.DetectionStore;
import dev.affray.incident.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** An incident's frames, in order of capture: what led to it and what followed. */
public final class Strip {
    /** More than this many are thinned out evenly; the strongest always stays. */
    public static final int MAX_FRAMES = 24;

    private static final Pattern POSITION = Pattern.compile("[0-9]{13}-[0-9]{10}");
    private static final Duration MARGIN = Duration.ofSeconds(3);

    /** Of a longer incident only the beginning, the end and the strongest frame are read, so that a camera that never calms down costs no more than another. */
    private static final Duration MAX_PART = Duration.ofMinutes(2);

    private Strip() {}

    /** At most {@link #MAX_FRAMES} of its frames. */
    public static List<Detection> of(Incident incident, DetectionStore detections) {
        Instant after = incident.opened().minus(MARGIN).minusMillis(1);
        Instant before = incident.lastPositive().plus(MARGIN).plusMillis(1);
        if (Duration.between(after, before).compareTo(MAX_PART.multipliedBy(2)) <= 0) {
            return thinned(detections.between(incident.camera(), after, before));
        }
        TreeSet<Detection> parts = new TreeSet<>(Comparator.comparing(Detection::frame));
        parts.addAll(detections.between(incident.camera(), after, after.plus(MAX_PART)));
        parts.addAll(detections.between(incident.camera(), before.minus(MAX_PART), before));
        incident.bestFrames().stream().findFirst().ifPresent(best -> {
            Instant at = best.frame().capturedAt();
            parts.addAll(detections.between(incident.camera(), at.minusMillis(1), at.plusMillis(1)));
        });
        return thinned(List.copyOf(parts));
    }

    /**
     * The frame of this name, where it belongs to the incident, whether or not the strip has thinned it out.
     *
     * @param position {@link dev.affray.frame.Frame#position}
     */
    public static Optional<Detection> frame(Incident incident, String position, DetectionStore detections) {
        if (!POSITION.matcher(position).matches()) {
            return Optional.empty();
        }
        Instant at = Instant.ofEpochMilli(Long.parseLong(position.substring(0, position.indexOf('-'))));
        if (at.isBefore(incident.opened().minus(MARGIN))
                || at.isAfter(incident.lastPositive().plus(MARGIN))) {
            return Optional.empty();
        }
        return detections.between(incident.camera(), at.minusMillis(1), at.plusMillis(1)).stream()
                .filter(detection -> detection.frame().position().equals(position))
                .findFirst();
    }

    static List<Detection> thinned(List<Detection> all) {
        if (all.size() <= MAX_FRAMES) {
            return all;
        }
        TreeSet<Integer> kept = new TreeSet<>();
        for (int i = 0; i < MAX_FRAMES; i++) {
            kept.add((int) Math.round(i * (all.size() - 1) / (double) (MAX_FRAMES - 1)));
        }
        int strongest = all.indexOf(all.stream()
                .max(Comparator.comparingDouble(Detection::confidence))
                .orElseThrow());
        if (kept.add(strongest)) {
            Integer neighbour = strongest < all.size() / 2 ? kept.higher(strongest) : kept.lower(strongest);
            kept.remove(neighbour);
        }
        return kept.stream().map(all::get).toList();
    }
}
