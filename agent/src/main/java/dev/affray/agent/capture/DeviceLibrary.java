package dev.affray.agent.capture;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.global.avdevice;

/**
 * The part of FFmpeg that reads video devices. It wants libraries of the desktop that a gateway may lack, so it is loaded only when a device is to be read;
 * nothing else suffers where they lack.
 */
final class DeviceLibrary {
    private static final String PACKAGES = "libxcb1 libxcb-shm0 libasound2 libpulse0";
    private static final Pattern LIBRARY = Pattern.compile("(lib[A-Za-z0-9_+-]+\\.so[.0-9]*):");

    private DeviceLibrary() {}

    /**
     * Loads it. Cheap after the first time.
     *
     * @throws CaptureException hopeless, when it cannot be loaded: only another start of the agent would try again
     */
    static void load() throws CaptureException {
        if (Loaded.COMPLAINT.isPresent()) {
            throw CaptureException.hopeless(Loaded.COMPLAINT.get());
        }
    }

    /** Why it could not be loaded, and what helps. */
    static String complaint(LinkageError error) {
        String message = String.valueOf(error.getMessage());
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            Matcher library = LIBRARY.matcher(String.valueOf(cause.getMessage()));
            while (library.find()) {
                message = library.group(1);
            }
        }
        return "video devices cannot be read: this machine lacks " + message + "; on Debian: apt install " + PACKAGES
                + ", then start the agent again";
    }

    /** The class initialiser runs once, and only when asked for. */
    private static final class Loaded {
        static final Optional<String> COMPLAINT = register();

        private static Optional<String> register() {
            try {
                avdevice.avdevice_register_all();
                return Optional.empty();
            } catch (LinkageError e) {
                return Optional.of(complaint(e));
            }
        }
    }
}
