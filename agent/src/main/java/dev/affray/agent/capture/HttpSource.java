package dev.affray.agent.capture;

import dev.affray.agent.capture.CaptureSource.Stream;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What a camera has for those who ask over HTTP or HTTPS; its first answer tells. */
sealed interface HttpSource extends Upstream permits PictureSource, HttpRelay {
    /**
     * Asks. JPEGs are read here; anything else is FFmpeg's to read, from that very answer: there are cameras that serve one connection at a time.
     *
     * @param interrupt ends it
     * @param timeoutNanos how long connecting may take
     */
    static HttpSource open(Stream stream, Interrupt interrupt, long timeoutNanos, Encounter encounter)
            throws CaptureException {
        Duration timeout = Duration.ofNanos(timeoutNanos);
        HttpFetch fetch = new HttpFetch(stream, timeout, encounter);
        BooleanSupplier ends = () -> interrupt.raised() || interrupt.overdue();
        interrupt.closes(fetch.sockets());
        try {
            HttpAnswer first = fetch.get(stream.url(), Optional.empty(), ends);
            String type = first.header("Content-Type").orElse("");
            encounter.sent(type);
            String kind = type.toLowerCase(Locale.ROOT);
            if (first.status() == 200 && kind.startsWith("multipart/")) {
                return new PictureSource(fetch, interrupt, new Multipart(type, first.body())::next);
            }
            if (first.status() == 200 && (kind.startsWith("image/jpeg") || kind.startsWith("image/jpg"))) {
                return new PictureSource(fetch, interrupt, new Stills(stream, fetch, first, interrupt, ends)::next);
            }
            return HttpRelay.open(stream, fetch, first, timeout);
        } catch (HttpFetch.RedirectException e) {
            fetch.close();
            throw CaptureException.passing(e.reason());
        } catch (IOException e) {
            fetch.close();
            throw CaptureException.passing(Sockets.reason(e, (int) timeout.toMillis()));
        } catch (CaptureException | RuntimeException e) {
            fetch.close();
            throw e;
        } finally {
            interrupt.closes(null);
        }
    }
}
