package dev.affray.agent.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The time stamps of a clip, made of those of its packets: they begin at 0, and the order of decoding never goes back. Where the packets' own stamps are missing
 * or leap, as they do when a stream was opened again, the times at which they arrived bridge the gap. All in ticks of {@link #RATE} a second.
 */
final class ClipTimes {
    static final int RATE = 90_000;

    /** FFmpeg's own word for a stamp that is not there. */
    static final long NONE = Long.MIN_VALUE;

    /** A pause longer than this is taken for a leap. */
    private static final long LEAP = 10L * RATE;

    private static final long USUAL = RATE / 25;

    /** More packets than are ever decoded before one that is shown earlier. */
    private static final int NEAR = 20;

    private final long[] shown;
    private final long[] decoded;

    /**
     * What a packet says of its time.
     *
     * @param shown when its picture is to be shown, or {@link #NONE}
     * @param decoded when it is to be decoded, or {@link #NONE}
     * @param opening packets of one opening of a source go by one clock
     * @param arrivedNanos by the monotonic clock
     */
    record Stamp(long shown, long decoded, boolean key, int opening, long arrivedNanos) {
        boolean isKnown() {
            return shown != NONE || decoded != NONE;
        }

        Stamp shownAt(long ticks) {
            return new Stamp(ticks, NONE, key, opening, arrivedNanos);
        }

        long best() {
            if (!isKnown()) {
                return ticks(arrivedNanos);
            }
            return shown == NONE ? decoded : shown;
        }
    }

    private ClipTimes(long[] shown) {
        this.shown = shown;
        decoded = new long[shown.length];
    }

    /** @param stamps in the order of decoding; the first is shown first */
    static ClipTimes of(List<Stamp> stamps) {
        ClipTimes times = new ClipTimes(line(filled(stamps)));
        times.order();
        return times;
    }

    /** When the picture of a packet is shown. */
    long shown(int packet) {
        return shown[packet];
    }

    /** When a packet is decoded: later than the one before, and not later than it is shown. Below 0 where pictures are shown in another order. */
    long decoded(int packet) {
        return decoded[packet];
    }

    /** Until the next packet is decoded. */
    long duration(int packet) {
        int before = packet + 1 < decoded.length ? packet : packet - 1;
        return before < 0 ? USUAL : decoded[before + 1] - decoded[before];
    }

    /** Gives stamps to packets that have none, by their neighbours of the same opening: over RTSP the first one has none. */
    private static List<Stamp> filled(List<Stamp> stamps) {
        List<Stamp> filled = new ArrayList<>();
        for (int i = 0; i < stamps.size(); i++) {
            Stamp stamp = stamps.get(i);
            if (stamp.isKnown()) {
                filled.add(stamp);
                continue;
            }
            long[] near = near(stamps, i);
            boolean goesOn = i > 0
                    && stamps.get(i - 1).opening == stamp.opening
                    && filled.getLast().isKnown();
            if (goesOn) {
                filled.add(stamp.shownAt(filled.getLast().best() + step(near)));
            } else {
                filled.add(near.length == 0 ? stamp : stamp.shownAt(near[0] - unknown(stamps, i) * step(near)));
            }
        }
        return filled;
    }

    /** The known stamps among the next packets of the same opening, in order. */
    private static long[] near(List<Stamp> stamps, int from) {
        int opening = stamps.get(from).opening;
        return stamps.subList(from, stamps.size()).stream()
                .limit(NEAR)
                .takeWhile(stamp -> stamp.opening == opening)
                .filter(Stamp::isKnown)
                .mapToLong(Stamp::best)
                .sorted()
                .toArray();
    }

    /** The smallest step from one picture to the next. */
    private static long step(long[] sorted) {
        long step = Long.MAX_VALUE;
        for (int i = 1; i < sorted.length; i++) {
            step = sorted[i] > sorted[i - 1] ? Math.min(step, sorted[i] - sorted[i - 1]) : step;
        }
        return step == Long.MAX_VALUE ? USUAL : step;
    }

    /** How many packets have no stamp from here on. */
    private static long unknown(List<Stamp> stamps, int from) {
        return stamps.subList(from, stamps.size()).stream()
                .takeWhile(stamp -> !stamp.isKnown())
                .count();
    }

    /** Puts all packets on one line. */
    private static long[] line(List<Stamp> stamps) {
        long[] line = new long[stamps.size()];
        long zero = 0;
        long latest = -1;
        int begin = 0;
        while (begin < line.length) {
            int end = endOfStretch(stamps, begin);
            long offset = offset(stamps.subList(begin, end));
            if (begin == 0) {
                zero = offset + stamps.getFirst().best();
            }
            offset = Math.max(offset - zero, latest + 1 - stamps.get(begin).best());
            for (int i = begin; i < end; i++) {
                line[i] = stamps.get(i).best() + offset;
                latest = Math.max(latest, line[i]);
            }
            begin = end;
        }
        return line;
    }

    /**
     * What leads from the stamps of a stretch to the times of arrival: that of the packet that was held up least. The first ones after an opening come late and
     * all at once, because FFmpeg keeps them until it knows the stream.
     */
    private static long offset(List<Stamp> stretch) {
        return stretch.stream()
                .mapToLong(stamp -> ticks(stamp.arrivedNanos) - stamp.best())
                .min()
                .orElseThrow();
    }

    private static int endOfStretch(List<Stamp> stamps, int begin) {
        long highest = stamps.get(begin).best();
        int end = begin + 1;
        while (end < stamps.size() && goesOn(stamps.get(end - 1), stamps.get(end), highest)) {
            highest = Math.max(highest, stamps.get(end).best());
            end++;
        }
        return end;
    }

    private static boolean goesOn(Stamp before, Stamp stamp, long highest) {
        if (stamp.opening != before.opening || !stamp.isKnown() || !before.isKnown()) {
            return false;
        }
        boolean leaps = Math.abs(stamp.best() - before.best()) > LEAP;
        boolean back = stamp.key && stamp.best() <= highest;
        boolean decodedBack = stamp.decoded != NONE && before.decoded != NONE && stamp.decoded < before.decoded - RATE;
        return !leaps && !back && !decodedBack;
    }

    /** Packets are decoded at the sorted times of showing, as much earlier as the one that is most out of its turn needs it. */
    private void order() {
        long[] sorted = shown.clone();
        Arrays.sort(sorted);
        long delay = 0;
        for (int i = 0; i < shown.length; i++) {
            delay = Math.max(delay, sorted[i] - shown[i]);
        }
        for (int i = 0; i < shown.length; i++) {
            long earliest = i == 0 ? Long.MIN_VALUE : decoded[i - 1] + 1;
            decoded[i] = Math.max(sorted[i] - delay, earliest);
            shown[i] = Math.max(shown[i], decoded[i]);
        }
    }

    private static long ticks(long nanos) {
        return Math.round(nanos * (RATE / 1e9));
    }
}
