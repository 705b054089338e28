package dev.affray.cloud.state.link;

/** Where the keys of links are kept. Thread-safe; throws when they cannot be had now. */
@FunctionalInterface
public interface LinkKeys {
    /** The keys, as they were not long ago. */
    KeyRing keys();

    /** The keys as they are now, where they may have been changed meanwhile: somebody shows a link that none of those known has signed. Anybody can, so it is not always looked. */
    default KeyRing latest() {
        return keys();
    }
}
