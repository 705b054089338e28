package dev.affray.agent.spool;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The frames that nobody has on lease, in the order they leave by: live before late; among the cameras that have such, the one whose turn is longest ago;
 * of that camera, the newest. So no camera's flood holds up another's frames. Not thread-safe.
 */
final class Waiting {
    private final TreeMap<Long, Entry> all = new TreeMap<>();
    private final Map<String, TreeMap<Long, Entry>> cameras = new HashMap<>();
    private final Map<String, Long> turns = new HashMap<>();
    private long turn;
    private long footprint;

    void add(Entry entry) {
        all.put(entry.order(), entry);
        footprint += entry.footprint();
        cameras.computeIfAbsent(entry.camera(), _ -> new TreeMap<>()).put(entry.order(), entry);
    }

    void remove(Entry entry) {
        all.remove(entry.order());
        footprint -= entry.footprint();
        cameras.computeIfPresent(entry.camera(), (_, entries) -> {
            entries.remove(entry.order());
            return entries.isEmpty() ? null : entries;
        });
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Bytes of disk that they take up. */
    long footprint() {
        return footprint;
    }

    /** Of all cameras'. */
    Optional<Entry> oldest() {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.firstEntry().getValue());
    }

    /** The one whose turn it is, taken out. */
    Optional<Entry> next(Predicate<Entry> isLive) {
        Entry best = null;
        boolean bestLive = false;
        for (TreeMap<Long, Entry> entries : cameras.values()) {
            Entry entry = entries.lastEntry().getValue();
            boolean live = isLive.test(entry);
            if (best == null || (live == bestLive ? goesBefore(entry, best) : live)) {
                best = entry;
                bestLive = live;
            }
        }
        if (best == null) {
            return Optional.empty();
        }
        remove(best);
        turns.put(best.camera(), ++turn);
        return Optional.of(best);
    }

    private boolean goesBefore(Entry entry, Entry other) {
        long mine = turns.getOrDefault(entry.camera(), 0L);
        long others = turns.getOrDefault(other.camera(), 0L);
        return mine == others ? entry.order() > other.order() : mine < others;
    }
}
