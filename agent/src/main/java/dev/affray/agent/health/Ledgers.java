package dev.affray.agent.health;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The ledger of every camera that this run has to do with, also of one that only has frames left in the spool. Thread-safe. */
public final class Ledgers {
    private final ConcurrentHashMap<String, FrameLedger> ledgers = new ConcurrentHashMap<>();

    /** A camera's ledger: the same one for as long as the agent runs, whatever becomes of its pipeline. */
    public FrameLedger of(String camera) {
        return ledgers.computeIfAbsent(camera, _ -> new FrameLedger());
    }

    /** The cameras that have a ledger, in order. */
    public Set<String> cameras() {
        return new TreeSet<>(ledgers.keySet());
    }
}
