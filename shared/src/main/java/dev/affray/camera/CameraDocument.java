package dev.affray.camera;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.document.Fields;
import dev.affray.document.Reading;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads camera documents: whole or not at all, every problem at once. */
public final class CameraDocument {
    /** The schemes a source may have when it comes from a shadow. Files and anything else only from the gateway's own command line. */
    public static final List<String> SCHEMES = List.of("rtsp", "rtsps", "http", "https", VideoDevice.SCHEME);

    private static final Pattern SECRET = Pattern.compile("secret:[A-Za-z0-9_-]{1,64}");
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9A-Fa-f]{2}(:?[0-9A-Fa-f]{2}){31}");

    private CameraDocument() {}

    /** Reads the desired state of a camera's shadow. */
    public static Reading<CameraConfig> read(JsonNode desired) {
        return Fields.read(desired, CameraDocument::camera);
    }

    private static CameraConfig camera(Fields fields) {
        String name = fields.text("name", 64);
        Site site = fields.object("site", CameraDocument::site).orElse(new Site("", ZoneOffset.UTC));
        Optional<String> group = fields.optionalText("group", 64);
        Optional<Source> source = fields.optionalObject("source", CameraDocument::source);
        Sampling sampling = fields.objectOrDefaults("sampling", CameraDocument::sampling, Sampling.DEFAULT);
        Gate gate = fields.objectOrDefaults("gate", CameraDocument::gate, Gate.DEFAULT);
        List<Polygon> zones = Polygons.read(fields, "zones");
        Image stored = fields.objectOrDefaults("image", CameraDocument::image, Image.DEFAULT);
        Image image = new Image(stored.maxWidth(), stored.jpegQuality(), Polygons.read(fields, "masks"));
        ArmingSchedule arming = fields.objectOrDefaults(
                "arming", read -> ArmingDocument.read(read, site.zone()), ArmingSchedule.always(site.zone()));
        AlertRule alert = fields.objectOrDefaults("alert", CameraDocument::alert, AlertRule.DEFAULT);
        if (fields.problems().isEmpty() && sampling.activeFps() < alert.leastFps()) {
            fields.problem(
                    "sampling.activeFps",
                    "gives too few frames for the alert rule: " + most(alert) + " positives within "
                            + seconds(alert.within()) + " s need at least "
                            + alert.leastFps() + " frames a second");
        }
        boolean score = on(fields, "score", true);
        return new CameraConfig(name, site, group, source, sampling, gate, score, zones, image, arming, alert);
    }

    private static Site site(Fields fields) {
        String name = fields.text("name", 64);
        if (!fields.has("zone")) {
            fields.problem("zone", "is missing; an IANA time zone such as Europe/Berlin");
        }
        Language language = fields.choice("language", Language.class, Language::code, Language.ENGLISH);
        return new Site(name, Zone.read(fields, "zone").orElse(ZoneOffset.UTC), language);
    }

    private static Source source(Fields fields) {
        String url = fields.text("url", 1024);
        if (!url.isBlank()) {
            url(fields, url);
        }
        Source.Transport transport = fields.choice("transport", Source.Transport.class, Source.Transport.TCP);
        Optional<String> secret = fields.optionalText("secret", SECRET, "secret:NAME with a name on the gateway");
        Optional<String> fingerprint = fields.optionalText(
                "fingerprint",
                FINGERPRINT,
                "the SHA-256 of a certificate: 64 hexadecimal digits, with or without colons");
        String scheme = url.substring(0, Math.max(0, url.indexOf(':'))).toLowerCase(Locale.ROOT);
        if (scheme.equals("rtsps") && transport == Source.Transport.UDP) {
            fields.problem("transport", "is udp, which rtsps does not encrypt; leave it out");
        }
        if (fingerprint.isPresent() && SCHEMES.contains(scheme) && !scheme.endsWith("s")) {
            fields.problem("fingerprint", "is given, but " + scheme + " shows no certificate; only rtsps and https do");
        }
        if (secret.isPresent() && scheme.equals(VideoDevice.SCHEME)) {
            fields.problem("secret", "is given, but a video device asks for no login; leave it out");
        }
        return new Source(
                url,
                transport,
                secret,
                fingerprint.map(text -> text.replace(":", "").toLowerCase(Locale.ROOT)),
                fields.choice("decoder", Source.Decoder.class, Source.Decoder.SOFTWARE));
    }

    private static void url(Fields fields, String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            fields.problem("url", "is not a URL: " + e.getReason());
            return;
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme)) {
            fields.problem(
                    "url", "has the scheme '" + scheme + "'; a shadow may name only " + String.join(", ", SCHEMES));
        } else if (VideoDevice.isMeant(uri)) {
            VideoDevice.complaint(uri).ifPresent(complaint -> fields.problem("url", complaint));
        } else if (uri.getRawUserInfo() != null || authorityHasUser(uri)) {
            fields.problem(
                    "url",
                    "carries a user name or password; put them into the gateway's secrets and name them in secret");
        } else if (uri.getHost() == null) {
            fields.problem("url", hostComplaint(uri.getRawAuthority()));
        }
    }

    private static String hostComplaint(@Nullable String authority) {
        return authority == null
                ? "names no host"
                : "names the host '" + authority
                        + "', which is not a valid one: letters, digits, hyphens and dots only,"
                        + " no underscore; the camera's IP address works too";
    }

    private static boolean authorityHasUser(URI uri) {
        return uri.getRawAuthority() != null && uri.getRawAuthority().indexOf('@') >= 0;
    }

    private static Sampling sampling(Fields fields) {
        Sampling standard = Sampling.DEFAULT;
        Sampling sampling = new Sampling(
                fields.choice("mode", Sampling.Mode.class, standard.mode()),
                fields.number("fps", 0.05, 30, standard.fps()),
                fields.number("activeFps", 0.05, 30, standard.activeFps()),
                duration(fields.number("holdSeconds", 1, 600, seconds(standard.hold()))));
        if (sampling.activeFps() < sampling.fps()) {
            fields.problem(
                    "activeFps", "is " + sampling.activeFps() + "; must be at least fps, which is " + sampling.fps());
        }
        return sampling;
    }

    private static Gate gate(Fields fields) {
        Gate standard = Gate.DEFAULT;
        return new Gate(
                on(fields, "packets", standard.packets()),
                on(fields, "motion", standard.motion()),
                on(fields, "duplicates", standard.duplicates()),
                duration(fields.number("keepAliveSeconds", 1, 3600, seconds(standard.keepAlive()))));
    }

    private static boolean on(Fields fields, String field, boolean standard) {
        return fields.choice(field, Switch.class, standard ? Switch.ON : Switch.OFF) == Switch.ON;
    }

    private enum Switch {
        ON,
        OFF
    }

    private static Image image(Fields fields) {
        return new Image(
                fields.integer("maxWidth", 160, 7680, Image.DEFAULT.maxWidth()),
                fields.integer("jpegQuality", 2, 31, Image.DEFAULT.jpegQuality()));
    }

    private static AlertRule alert(Fields fields) {
        AlertRule standard = AlertRule.DEFAULT;
        AlertRule rule = new AlertRule(
                fields.optionalInteger("positives", 1, 100),
                Duration.ofMillis(fields.integer(
                        "slotMillis", 50, 60_000, (int) standard.slot().toMillis())),
                duration(fields.number("withinSeconds", 0.1, 600, seconds(standard.within()))),
                fields.optionalNumber("minConfidence", 0, 100),
                duration(fields.number("closeAfterSeconds", 1, 3600, seconds(standard.closeAfter()))),
                duration(fields.number("maxLagSeconds", 1, 3599, seconds(standard.maxLag()))),
                duration(fields.number("joinSeconds", 0, 3600, seconds(standard.joinWithin()))),
                fields.flag("announceClose", standard.announceClose()));
        if (most(rule) > rule.within().dividedBy(rule.slot()) + 1) {
            fields.problem(
                    "positives",
                    "is " + most(rule) + ", but only " + (rule.within().dividedBy(rule.slot()) + 1) + " slots of "
                            + rule.slot().toMillis() + " ms fit within " + seconds(rule.within()) + " s");
        }
        if (rule.maxLag().compareTo(rule.closeAfter()) >= 0) {
            fields.problem(
                    "maxLagSeconds",
                    "is " + seconds(rule.maxLag()) + "; must be less than closeAfterSeconds, which is "
                            + seconds(rule.closeAfter()));
        }
        if (rule.closeAfter().compareTo(rule.within()) < 0) {
            fields.problem(
                    "closeAfterSeconds",
                    "is " + seconds(rule.closeAfter()) + "; must be at least withinSeconds, which is "
                            + seconds(rule.within()));
        }
        return rule;
    }

    /** How many slots it may come to need, whichever detector judges. */
    private static int most(AlertRule rule) {
        return rule.positives().orElse(AlertRule.USUAL_POSITIVES);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
