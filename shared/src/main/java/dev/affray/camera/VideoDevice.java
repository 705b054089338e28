package dev.affray.camera;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A video device of the gateway's own, such as a USB camera, written {@code v4l2:///dev/video0?video_size=1280x720&framerate=15&input_format=mjpeg}.
 *
 * @param path {@code /dev/videoN}, or a name below {@code /dev/v4l/by-id} or {@code /dev/v4l/by-path}, which stays when devices are plugged in anew
 * @param options what to ask the device for, by FFmpeg's names: {@code video_size}, {@code framerate}, {@code input_format}
 */
public record VideoDevice(String path, Map<String, String> options) {
    /** The scheme of its URL. */
    public static final String SCHEME = "v4l2";

    private static final Pattern PATH =
            Pattern.compile("/dev/(video[0-9]{1,3}|v4l/by-(id|path)/[A-Za-z0-9][A-Za-z0-9._:+@-]*)");
    private static final Map<String, Pattern> OPTIONS = Map.of(
            "video_size", Pattern.compile("[1-9][0-9]{1,4}x[1-9][0-9]{1,4}"),
            "framerate", Pattern.compile("[1-9][0-9]{0,2}"),
            "input_format", Pattern.compile("[a-z0-9]{2,16}"));

    public VideoDevice {
        options = Map.copyOf(options);
    }

    /** Whether it is meant to be the URL of one. */
    public static boolean isMeant(URI url) {
        return url.getScheme() != null
                && url.getScheme().toLowerCase(Locale.ROOT).equals(SCHEME);
    }

    /** What is wrong with the URL of a device, if anything. */
    public static Optional<String> complaint(URI url) {
        if (!url.getRawSchemeSpecificPart().startsWith("///")
                || url.getRawFragment() != null
                || !PATH.matcher(url.getRawPath()).matches()) {
            return Optional.of("names no video device; write v4l2:///dev/video0, or a name below v4l2:///dev/v4l/by-id/"
                    + " or v4l2:///dev/v4l/by-path/");
        }
        Map<String, String> seen = new LinkedHashMap<>();
        for (String option : options(url)) {
            String name = option.substring(0, Math.max(0, option.indexOf('=')));
            Pattern form = OPTIONS.get(name);
            if (form == null
                    || !form.matcher(option.substring(name.length() + 1)).matches()) {
                return Optional.of("has the option '" + option
                        + "'; there are video_size=1280x720, framerate=15 and input_format=mjpeg");
            }
            if (seen.put(name, option) != null) {
                return Optional.of("has the option " + name + " twice");
            }
        }
        return Optional.empty();
    }

    /** @throws IllegalArgumentException when {@link #complaint} has one */
    public static VideoDevice of(URI url) {
        complaint(url).ifPresent(complaint -> {
            throw new IllegalArgumentException("url: " + complaint);
        });
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : options(url)) {
            int equals = option.indexOf('=');
            options.put(option.substring(0, equals), option.substring(equals + 1));
        }
        return new VideoDevice(url.getRawPath(), options);
    }

    private static List<String> options(URI url) {
        return url.getRawQuery() == null ? List.of() : List.of(url.getRawQuery().split("&", -1));
    }
}
