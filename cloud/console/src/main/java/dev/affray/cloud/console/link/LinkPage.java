package dev.affray.cloud.console.link;

import dev.affray.camera.AlertRule;
import dev.affray.camera.CameraConfig;
import dev.affray.camera.Language;
import dev.affray.camera.Site;
import dev.affray.cloud.console.FrameBytes;
import dev.affray.cloud.console.Strip;
import dev.affray.cloud.state.Action;
import dev.affray.cloud.state.CameraRecord;
import dev.affray.cloud.state.CameraStore;
import dev.affray.cloud.state.Casebook;
import dev.affray.cloud.state.Casebook.Case;
import dev.affray.cloud.state.Casebook.Outcome;
import dev.affray.cloud.state.Detection;
import dev.affray.cloud.state.DetectionStore;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.Related;
import dev.affray.cloud.state.link.LinkKeys;
import dev.affray.cloud.state.link.LinkToken;
import dev.affray.cloud.state.link.LinkToken.Verdict;
import dev.affray.incident.Incident;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what comes to {@code /i/}. Only a POST of a button changes anything, so whatever a link scanner or a preview does with GET and HEAD is harmless. What
 * fails is answered too, and no log, answer or exception holds a token. Thread-safe.
 */
public final class LinkPage {
    static final String ICON = "icon.svg";
    static final String STYLE = "style.css";
    static final String FRAME = "/frame/";

    /** Who acts, as far as is known. */
    static final String BY = "link";

    private static final Logger LOG = LoggerFactory.getLogger(LinkPage.class);
    private static final Duration COMPLAIN_EVERY = Duration.ofMinutes(1);

    private final LinkToken tokens;
    private final Casebook casebook;
    private final IncidentStore incidents;
    private final DetectionStore detections;
    private final CameraStore cameras;
    private final FrameBytes frames;
    private final Clock clock;
    private final AtomicLong shown = new AtomicLong();
    private final AtomicLong acted = new AtomicLong();
    private final AtomicLong expired = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile Instant complainedAt = Instant.MIN;

    public LinkPage(
            LinkKeys keys,
            IncidentStore incidents,
            DetectionStore detections,
            CameraStore cameras,
            FrameBytes frames,
            Clock clock) {
        this.tokens = new LinkToken(keys);
        this.casebook = new Casebook(incidents, clock);
        this.incidents = incidents;
        this.detections = detections;
        this.cameras = cameras;
        this.frames = frames;
        this.clock = clock;
    }

    /**
     * What came of the requests so far.
     *
     * @param shown pages and pictures of incidents
     * @param acted buttons pressed, whether or not they changed anything
     * @param expired requests with a link whose time was up
     * @param refused requests with a link that was not made here, or altered, or leads to nothing any more
     * @param failed requests that could not be answered
     */
    public record Counts(long shown, long acted, long expired, long refused, long failed) {}

    /** The counts so far. */
    public Counts counts() {
        return new Counts(shown.get(), acted.get(), expired.get(), refused.get(), failed.get());
    }

    /** Answers a request, whatever it is. Never throws. */
    public LinkResponse answer(LinkRequest request) {
        LinkResponse response;
        try {
            response = switch (request.method()) {
                case "GET", "HEAD" -> get(request);
                case "POST" -> post(request);
                default -> Letters.notDone(request, "GET, HEAD, POST");
            };
        } catch (RuntimeException e) {
            failed.incrementAndGet();
            LOG.error("the page of an alert could not be made", e);
            response = Letters.of(503, Text.FAILED_TITLE, request, Text.FAILED).with("Retry-After", "10");
        }
        return request.method().equals("HEAD") ? response.withoutBody() : response;
    }

    /** An action in a path. */
    static String name(Action action) {
        return action.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Optional<Action> action(String name) {
        return Arrays.stream(Action.values())
                .filter(action -> name(action).equals(name))
                .findFirst();
    }

    private LinkResponse get(LinkRequest request) {
        String path = request.path();
        if (path.equals(STYLE)) {
            return PageFiles.style();
        }
        if (path.equals(ICON)) {
            return PageFiles.icon();
        }
        int slash = path.indexOf('/');
        String rest = slash < 0 ? "" : path.substring(slash);
        if (rest.isEmpty()) {
            return withCase(request, path, (found, valid) -> page(path, found, valid, action(request.done())));
        }
        if (rest.startsWith(FRAME)) {
            return withCase(
                    request,
                    path.substring(0, slash),
                    (found, _) -> picture(found, rest.substring(FRAME.length()), language(found.whole(), request)));
        }
        return action(rest.substring(1)).isPresent() ? Letters.notDone(request, "POST") : refused(request);
    }

    private LinkResponse post(LinkRequest request) {
        String[] parts = request.path().split("/", -1);
        Optional<Action> action = parts.length == 2 ? action(parts[1]) : Optional.empty();
        if (action.isEmpty()) {
            return Letters.notDone(request, "GET, HEAD");
        }
        return withToken(request, parts[0], valid -> act(request, parts[0], valid.incident(), action.get()));
    }

    private LinkResponse act(LinkRequest request, String token, String incident, Action action) {
        return switch (casebook.act(incident, action, BY)) {
            case Outcome.Unknown _ -> refused(request);
            case Outcome.Unfit _ -> Letters.of(409, Text.NOT_DONE_TITLE, request, Text.UNFIT);
            case Outcome.Done(Case now) -> {
                acted.incrementAndGet();
                LOG.info("incident {}: {} by link", now.whole().id(), action);
                yield LinkResponse.html(303, "").with("Location", "../" + token + "?done=" + name(action));
            }
        };
    }

    private interface WithToken {
        LinkResponse answer(Verdict.Valid valid);
    }

    private interface WithCase {
        LinkResponse answer(Case found, Verdict.Valid valid);
    }

    private LinkResponse withToken(LinkRequest request, String token, WithToken answer) {
        return switch (tokens.verify(token, clock.instant())) {
            case Verdict.Valid valid -> answer.answer(valid);
            case Verdict.Expired _ -> {
                expired.incrementAndGet();
                yield Letters.of(410, Text.EXPIRED_TITLE, request, Text.EXPIRED, Text.WHAT_TO_DO);
            }
            case Verdict.Refused _ -> refused(request);
        };
    }

    private LinkResponse withCase(LinkRequest request, String token, WithCase answer) {
        return withToken(
                request,
                token,
                valid -> casebook.find(valid.incident())
                        .map(found -> answer.answer(found, valid))
                        .orElseGet(() -> refused(request)));
    }

    private LinkResponse page(String token, Case found, Verdict.Valid valid, Optional<Action> done) {
        Incident incident = found.whole();
        boolean fight = !incident.kind().isCondition();
        IncidentPage page = new IncidentPage(
                token,
                found,
                cameraName(incident),
                site(incident),
                fight ? Strip.of(incident, detections) : List.of(),
                fight ? related(incident) : Optional.empty(),
                valid.expires(),
                done,
                clock.instant());
        shown.incrementAndGet();
        return LinkResponse.html(200, page.html());
    }

    /** What is not there is a picture that says so: a page of broken pictures would look like a broken page. */
    private LinkResponse picture(Case found, String position, Language language) {
        Optional<Detection> frame = found.whole().kind().isCondition()
                ? Optional.empty()
                : Strip.frame(found.whole(), position, detections);
        Optional<byte[]> jpeg =
                frame.flatMap(detection -> frames.read(detection.key().format()));
        shown.incrementAndGet();
        return jpeg.map(bytes -> LinkResponse.of(200, "image/jpeg", bytes)
                        .with("Cache-Control", "private, max-age=3600, immutable"))
                .orElseGet(() -> PageFiles.noPicture(language));
    }

    /** The first of the other line that speaks of the same. */
    private Optional<Incident> related(Incident incident) {
        Duration near = config(incident)
                .map(CameraConfig::alert)
                .orElse(AlertRule.DEFAULT)
                .closeAfter();
        return Related.of(incidents, incident, near).stream().findFirst();
    }

    private Optional<CameraConfig> config(Incident incident) {
        return cameras.camera(incident.camera()).map(CameraRecord::config);
    }

    private String cameraName(Incident incident) {
        return incident.camera().isGateway()
                ? incident.camera().thing()
                : config(incident)
                        .map(CameraConfig::name)
                        .orElse(incident.camera().camera());
    }

    private Site site(Incident incident) {
        String thing = incident.camera().thing();
        return (incident.camera().isGateway()
                        ? cameras.site(thing)
                        : config(incident).map(CameraConfig::site))
                .orElse(new Site(thing, ZoneId.of("UTC")));
    }

    private Language language(Incident incident, LinkRequest request) {
        return config(incident).map(config -> config.site().language()).orElse(Text.ofBrowser(request.languages()));
    }

    /** The same for what was forged and for what leads to nothing: nobody learns which. */
    private LinkResponse refused(LinkRequest request) {
        long count = refused.incrementAndGet();
        Instant now = clock.instant();
        if (complainedAt.plus(COMPLAIN_EVERY).isBefore(now)) {
            complainedAt = now;
            LOG.warn(
                    "somebody showed a link that was not made here or leads to nothing; {} such requests so far",
                    count);
        }
        return Letters.of(404, Text.REFUSED_TITLE, request, Text.REFUSED, Text.WHAT_TO_DO);
    }
}
