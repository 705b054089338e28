package dev.affray.cloud.state;

import java.util.Optional;

/** The last {@link Episode} of each group, changed only by compare-and-set on its version. Thread-safe; a read sees every write that returned before it began. */
public interface EpisodeStore {
    /** The last episode. */
    Optional<Episode> episode(String group);

    /**
     * Stores an episode in place of its predecessor.
     *
     * @return false, and nothing is stored, when the stored one is no longer at version {@code episode.version() - 1}; it may be this very one, where a
     *     store had to repeat its request: read it again
     */
    boolean replace(Episode episode);
}
