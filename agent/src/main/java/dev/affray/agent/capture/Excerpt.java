package dev.affray.agent.capture;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * What is kept of a time, in one format, beginning with a key packet. Its packets are its own references, to be closed.
 *
 * @param packets in the order in which they are decoded; none that needs what is not there
 * @param rest when the first packet was taken that is of that time but has another format
 */
record Excerpt(List<ClipPacket> packets, Optional<Instant> rest) implements AutoCloseable {
    Excerpt {
        packets = List.copyOf(packets);
    }

    /**
     * From the last key packet at or before {@code from}, or, where video only begins later, from there, to the last packet that was taken at or before
     * {@code to}. Where the format changes after {@code from}, it ends.
     *
     * @param all in the order they came; each opening and each format begins with a key packet
     */
    static Excerpt of(List<ClipPacket> all, Instant from, Instant to) {
        int begin = begin(all, from);
        int end = begin;
        while (end < all.size()
                && !all.get(end).takenAt().isAfter(to)
                && all.get(end).format().equals(all.get(begin).format())) {
            end++;
        }
        boolean changed =
                end < all.size() && end > begin && !all.get(end).takenAt().isAfter(to);
        return new Excerpt(
                shared(all.subList(begin, end)),
                changed ? Optional.of(all.get(end).takenAt()) : Optional.empty());
    }

    private static int begin(List<ClipPacket> all, Instant from) {
        int begin = 0;
        while (begin < all.size() && all.get(begin).takenAt().isBefore(from)) {
            begin++;
        }
        if (begin == all.size()) {
            return begin;
        }
        while (!(all.get(begin).isKey() && !all.get(begin).takenAt().isAfter(from))
                && begin > 0
                && all.get(begin).follows(all.get(begin - 1))) {
            begin--;
        }
        return begin;
    }

    /** Without pictures that are shown before the key picture they come after: they need those before it. */
    private static List<ClipPacket> shared(List<ClipPacket> packets) {
        List<ClipPacket> shared = new ArrayList<>();
        int opening = -1;
        boolean first = false;
        long keyTicks = 0;
        for (ClipPacket packet : packets) {
            if (packet.isKey()) {
                first = packet.opening() != opening;
                opening = packet.opening();
                keyTicks = packet.packet().pts();
            }
            long ticks = packet.packet().pts();
            if (!first || ticks == avutil.AV_NOPTS_VALUE || ticks >= keyTicks) {
                shared.add(packet.share());
            }
        }
        return shared;
    }

    @Override
    public void close() {
        packets.forEach(ClipPacket::free);
    }
}
