package dev.affray.agent.iot;

/** The answer to a report. */
sealed interface ReportReply {
    /**
     * The shadow says so now.
     *
     * @param version which it has with that
     */
    record Taken(long version) implements ReportReply {}

    /** The shadow has changed since it was fetched: to be fetched anew. */
    record Outdated() implements ReportReply {}

    /** The shadow has no room for this beside what is desired: to be said in fewer words. */
    record TooLarge() implements ReportReply {}
}
