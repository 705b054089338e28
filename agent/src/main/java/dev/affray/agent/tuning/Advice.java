package dev.affray.agent.tuning;

import dev.affray.agent.capture.Access;
import dev.affray.agent.capture.StreamFacts;
import dev.affray.agent.capture.StreamFacts.Pace;
import dev.affray.camera.CameraConfig;
import dev.affray.camera.Sampling;
import dev.affray.camera.Source;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What suits a stream.
 *
 * @param mode how to sample it
 * @param notes what to know and what to change at the camera, the most urgent first
 */
public record Advice(Sampling.Mode mode, List<String> notes) {
    /** With a key picture this often, in seconds, nobody comes and goes between two of them. */
    private static final double OFTEN = 1;

    /** Longer from one key picture to the next than this, in seconds, and much waits for them. */
    private static final double SELDOM = 4;

    /** Fewer pictures a second than this leave the alert rule little to count. */
    private static final double FEW = 4;

    private static final String SET_KEYS = "Set the camera's key frame (I-frame, GOP) interval to 2 s.";

    public Advice {
        notes = List.copyOf(notes);
    }

    /**
     * Judges a stream.
     *
     * @param config its document so far
     */
    public static Advice of(StreamFacts facts, Access access, CameraConfig config) {
        List<String> notes = new ArrayList<>();
        if (!facts.decodes() && facts.pace().keys() > 0) {
            notes.add("None of its key pictures could be decoded.");
        }
        Sampling.Mode mode = mode(facts.pace());
        keys(facts.pace(), notes);
        notes.add(why(mode, facts.pace()));
        if (facts.pace().keySeconds() != null && facts.pace().keepable()) {
            notes.add(
                    "The packet stage of the gate can work with it: while nothing happens, hardly anything need be decoded.");
        }
        picture(facts, config, notes);
        pace(facts, notes);
        if (access.answered()) {
            config.source().ifPresent(source -> security(source, access, notes));
        }
        if (Boolean.TRUE.equals(access.audio())) {
            notes.add("It has sound, which is never taken.");
        }
        return new Advice(mode, notes);
    }

    private static Sampling.Mode mode(Pace pace) {
        Double distance = pace.keySeconds();
        boolean often = !pace.intraOnly() && distance != null && distance <= OFTEN;
        return often ? Sampling.Mode.KEYFRAMES : Sampling.Mode.INTERVAL;
    }

    private static String why(Sampling.Mode mode, Pace pace) {
        return switch (mode) {
            case KEYFRAMES ->
                "sampling.mode keyframes suits it: key pictures come so often that nobody comes and goes between two of them.";
            case INTERVAL ->
                pace.intraOnly()
                        ? "sampling.mode interval suits it: where every picture is a key picture, keyframes would save nothing."
                        : "sampling.mode interval suits it: what comes and goes between two of its key pictures is seen, too.";
        };
    }

    private static void keys(Pace pace, List<String> notes) {
        Double distance = pace.keySeconds();
        if (pace.keys() == 0) {
            notes.add(text(
                    "There was no key picture within %.0f s, so nothing could be decoded. %s",
                    pace.seconds(), SET_KEYS));
        } else if (!pace.keepable()) {
            notes.add(
                    "More comes from one key picture to the next than is kept undecoded (20 s or 12 MB), so the packet stage of the gate cannot work and everything is decoded. "
                            + SET_KEYS);
        } else if (distance == null) {
            notes.add(text("There was no second key picture within %.0f s. %s", pace.seconds(), SET_KEYS));
        } else if (distance > SELDOM) {
            notes.add(text(
                    "Key pictures are up to %.1f s apart: after a reconnect, and whenever the gate looks, that is how long a picture takes. %s",
                    distance, SET_KEYS));
        }
    }

    private static void picture(StreamFacts facts, CameraConfig config, List<String> notes) {
        int maxWidth = config.image().maxWidth();
        if (facts.width() > maxWidth) {
            notes.add(text(
                    "Pictures are scaled from %d to %d pixels of width (image.maxWidth). If the camera has a second stream of about that width, decoding it costs less.",
                    facts.width(), maxWidth));
        }
        switch (facts.codec()) {
            case "hevc" ->
                notes.add(
                        "H.265 costs more processor time to decode than H.264. Set the camera to H.264 if this machine serves several.");
            case "mjpeg" ->
                notes.add(
                        facts.width() > maxWidth
                                ? "Motion JPEG: every picture is a key picture. They are encoded anew, because they are wider than image.maxWidth."
                                : "Motion JPEG: every picture is a key picture, and is spooled as the camera sent it. H.264 takes far less of the network.");
            default -> {}
        }
        if (facts.pace().reordered()) {
            notes.add(
                    "It uses B-frames, which come late by some pictures. Switch them off at the camera if it lets you.");
        }
    }

    private static void pace(StreamFacts facts, List<String> notes) {
        Double rate = facts.pace().rate();
        if (rate == null) {
            return;
        }
        if (rate < FEW) {
            notes.add(text(
                    "%.1f pictures a second are few: an alarm needs several frames of one fight. Set the camera to 10 or more.",
                    rate));
        }
        Double declared = facts.declaredRate();
        if (declared != null && Math.abs(rate - declared) > 0.2 * declared) {
            notes.add(text("It declares %.1f pictures a second and sends %.1f.", declared, rate));
        }
        if (facts.pace().variable()) {
            notes.add("Its rate varies. That does no harm: frames are taken by time, not by number.");
        }
    }

    private static void security(Source source, Access access, List<String> notes) {
        boolean secure =
                URI.create(source.url()).getScheme().toLowerCase(Locale.ROOT).endsWith("s");
        if (access.logins().isEmpty()) {
            notes.add(
                    source.secret().isPresent()
                            ? "It never asked for the login: whoever reaches it may watch."
                            : "It asks for no login: whoever reaches it may watch.");
        } else if (!secure && access.logins().stream().noneMatch(login -> login.startsWith("Digest"))) {
            notes.add(
                    "It offers Basic alone, without TLS: the password travels in the clear. Switch Digest on at the camera, or use rtsps or https.");
        }
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
