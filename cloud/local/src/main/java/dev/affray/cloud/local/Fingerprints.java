package dev.affray.cloud.local;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code --fingerprint ID=SHA256}. */
final class Fingerprints {
    private static final Pattern FORM = Pattern.compile("([^=]+)=((?:[0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2})");

    private Fingerprints() {}

    /**
     * The fingerprints by camera.
     *
     * @throws IllegalArgumentException when one has another form, or its camera is not there or shows no certificate
     */
    static Map<String, String> of(List<String> arguments, List<CameraArgument> cameras) {
        Map<String, String> byCamera = new HashMap<>();
        for (String text : arguments) {
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "--fingerprint '" + text + "' is not ID=SHA256, 64 hexadecimal digits with or without colons");
            }
            String id = matcher.group(1);
            if (cameras.stream().noneMatch(camera -> camera.id().equals(id) && isOverTls(camera))) {
                throw new IllegalArgumentException(
                        "--fingerprint " + id + ": no camera of that id on rtsps:// or https:// is named");
            }
            byCamera.put(id, matcher.group(2));
        }
        return byCamera;
    }

    private static boolean isOverTls(CameraArgument camera) {
        return camera instanceof CameraArgument.Stream stream
                && String.valueOf(stream.url().getScheme())
                        .toLowerCase(Locale.ROOT)
                        .endsWith("s");
    }
}
