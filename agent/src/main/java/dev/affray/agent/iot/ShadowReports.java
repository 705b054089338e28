package dev.affray.agent.iot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.camera.Reported;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells each shadow once what is in force of it. Used on the thread of shadows alone. */
final class ShadowReports {
    private static final Logger log = LoggerFactory.getLogger(ShadowSync.class);
    private static final Duration AFTER_CONFLICT = Duration.ofSeconds(1);

    private final Shadows shadows;
    private final ShadowThread thread;
    private final Consumer<String> ask;
    private final Map<String, Sent> sent = new HashMap<>();

    /**
     * What was reported last.
     *
     * @param version which the shadow had with that; none is higher before the answer
     */
    private record Sent(Reported reported, long version) {}

    /** @param ask has the shadow fetched, and so reported, anew */
    ShadowReports(Shadows shadows, ShadowThread thread, Consumer<String> ask) {
        this.shadows = shadows;
        this.thread = thread;
        this.ask = ask;
    }

    /** What was reported may not have arrived. */
    void forgetAll() {
        sent.clear();
    }

    /** What was reported is gone with the shadow. */
    void forget(String shadow) {
        sent.remove(shadow);
    }

    /**
     * Reports what is in force, unless the shadow says so already, or was told and has not changed since.
     *
     * @param held what the shadow says is reported
     */
    void report(String shadow, Followed<?> document, long version, JsonNode held) {
        Reported reported = document.reported();
        Sent last = sent.get(shadow);
        if (document.isReportedBy(held)
                || (last != null && last.reported().equals(reported) && version <= last.version())) {
            return;
        }
        sent.put(shadow, new Sent(reported, Long.MAX_VALUE));
        report(shadow, version, reported, reported);
    }

    /** @param words as many of them as the shadow may have room for */
    private void report(String shadow, long version, Reported reported, Reported words) {
        Runnable again = () -> {
            sent.remove(shadow);
            ask.accept(shadow);
        };
        thread.then(shadows.report(shadow, version, words), again, reply -> {
            switch (reply) {
                case ReportReply.Taken(long after) -> sent.replace(shadow, new Sent(reported, after));
                case ReportReply.Outdated() -> thread.later(again, AFTER_CONFLICT);
                case ReportReply.TooLarge() ->
                    words.shorter()
                            .ifPresentOrElse(
                                    fewer -> report(shadow, version, reported, fewer),
                                    () -> log.warn(
                                            "What is in force of shadow {} cannot be reported: what is desired leaves no room in it; shorten the document",
                                            shadow));
            }
        });
    }
}
