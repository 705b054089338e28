package dev.affray.agent.capture;

import dev.affray.agent.capture.CaptureSource.Device;
import dev.affray.agent.capture.CaptureSource.LocalFile;
import dev.affray.agent.capture.CaptureSource.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is seen to before FFmpeg opens a source: it would hang, or not say what is wrong. */
final class SourceCheck {
    private static final int FILE_TYPE = 0170000;
    private static final int CHARACTER_DEVICE = 0020000;

    private SourceCheck() {}

    /** @param timeoutNanos how long it may take */
    static void check(CaptureSource source, Interrupt interrupt, long timeoutNanos) throws CaptureException {
        switch (source) {
            case LocalFile file -> file(file.path());
            case Device device -> device(Path.of(device.device().path()));
            case Stream stream -> HostNames.system().check(stream.url().getHost(), interrupt, timeoutNanos);
        }
    }

    private static void file(Path file) throws CaptureException {
        if (!Files.exists(file)) {
            throw CaptureException.hopeless("there is no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw CaptureException.hopeless("is not a regular file");
        }
        if (!Files.isReadable(file)) {
            throw CaptureException.hopeless("the file may not be read by this user");
        }
    }

    /** A device may be plugged in again, and its permissions mended, so nothing about it is hopeless. */
    static void device(Path device) throws CaptureException {
        if (!Files.exists(device)) {
            throw CaptureException.passing(
                    "there is no " + device + ": the camera is not plugged in, or not let into this container");
        }
        try {
            int mode = (int) Files.getAttribute(device, "unix:mode");
            if ((mode & FILE_TYPE) != CHARACTER_DEVICE) {
                throw CaptureException.passing(device + " is not a video device");
            }
        } catch (IOException | UnsupportedOperationException e) {
            throw CaptureException.passing("cannot look at " + device + ": " + e.getMessage());
        }
        if (!Files.isReadable(device) || !Files.isWritable(device)) {
            throw CaptureException.passing(
                    "may not use " + device + "; add this user to the group of that file, usually video");
        }
    }
}
