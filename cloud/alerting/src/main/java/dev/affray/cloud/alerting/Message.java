package dev.affray.cloud.alerting;

/** What a publisher takes to people. */
public sealed interface Message permits Alert, Digest {
    /** The same for every try, so that a receiver can tell a repetition; letters, digits and hyphens. */
    String id();
}
