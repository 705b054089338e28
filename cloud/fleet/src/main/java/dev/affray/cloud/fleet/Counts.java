package dev.affray.cloud.fleet;

/**
 * What came in since the start, each message under exactly one of its kind's outcomes; a shadow message may bring both a document and a report.
 *
 * @param documents camera and gateway documents taken over
 * @param refusedDocuments documents with a problem: nothing was changed
 * @param reports what gateways reported about camera documents, taken over
 * @param health health reports taken over
 * @param presence presences taken over
 * @param answers answers to commands, written to the log
 * @param ignoredShadows messages about shadows that are not ours
 * @param malformed messages of any kind that could not be read, or did not belong to the gateway that sent them
 */
public record Counts(
        long documents,
        long refusedDocuments,
        long reports,
        long health,
        long presence,
        long answers,
        long ignoredShadows,
        long malformed) {}
