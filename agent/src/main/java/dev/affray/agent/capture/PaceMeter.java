package dev.affray.agent.capture;

import dev.affray.agent.capture.StreamFacts.Pace;
import java.util.ArrayList;
import java.util.List;

/** Measures the packets of a stream. For one thread. */
final class PaceMeter {
    /** Distances that differ from the usual one by more than this part of it are others. */
    private static final double UNEVEN = 0.25;

    /** So large a part of other distances makes a rate that varies; a few come of lost packets. */
    private static final double MANY = 0.1;

    private final Timeline line = new Timeline();
    private final List<Double> steps = new ArrayList<>();
    private final double usualStep;
    private double at;
    private double lastShown = Double.NEGATIVE_INFINITY;
    private boolean reordered;
    private long packets;
    private long bytes;
    private long lastBytes;
    private long keys;
    private long keyBytes;
    private double keyAt = Double.NaN;
    private double keySeconds = Double.NaN;
    private long groupBytes;
    private long largestGroup;

    /** @param usualStep seconds between two pictures where time stamps do not tell */
    PaceMeter(double usualStep) {
        this.usualStep = usualStep;
    }

    /**
     * Takes the next packet.
     *
     * @param decoded when it is to be decoded, in seconds; NaN where that is not known
     * @param shown when its picture is to be shown
     */
    void add(boolean key, int size, double decoded, double shown) {
        double before = at;
        at = line.place(decoded, usualStep);
        if (packets > 0) {
            steps.add(at - before);
        }
        reordered |= shown < lastShown;
        lastShown = shown;
        packets++;
        bytes += size;
        lastBytes = size;
        if (key) {
            if (keys > 0) {
                keySeconds = Double.isNaN(keySeconds) ? at - keyAt : Math.max(keySeconds, at - keyAt);
            }
            keys++;
            keyBytes += size;
            keyAt = at;
            groupBytes = 0;
        }
        groupBytes += size;
        largestGroup = Math.max(largestGroup, groupBytes);
    }

    /** From the first packet to the last, in seconds. */
    double seconds() {
        return at;
    }

    /** How many key packets there were. */
    long keys() {
        return keys;
    }

    Pace pace() {
        boolean measured = at > 0;
        double sinceKey = Double.isNaN(keyAt) ? at : at - keyAt;
        double longest = Double.isNaN(keySeconds) ? sinceKey : Math.max(keySeconds, sinceKey);
        return new Pace(
                at,
                packets,
                measured ? steps.size() / at : null,
                varies(),
                reordered,
                keys,
                Double.isNaN(keySeconds) ? null : keySeconds,
                measured ? (bytes - lastBytes) * 8 / at / 1000 : null,
                keys == 0 ? 0 : keyBytes / keys,
                packets == keys ? 0 : (bytes - keyBytes) / (packets - keys),
                longest <= PacketRing.MAX_SECONDS && largestGroup <= PacketRing.MAX_BYTES);
    }

    private boolean varies() {
        if (steps.isEmpty()) {
            return false;
        }
        double usual = steps.stream().sorted().toList().get(steps.size() / 2);
        long others = steps.stream()
                .filter(step -> Math.abs(step - usual) > UNEVEN * usual)
                .count();
        return others > MANY * steps.size();
    }
}
