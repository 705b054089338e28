package dev.affray.agent.upload;

import dev.affray.frame.Frame;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells a frame whose file is gone or damaged from a machine that can read nothing at the moment, such as one with too many open files: a file is at fault
 * when it is gone, or when it could not be read several times although its folder could. Thread-safe.
 */
final class Unreadable {
    private static final int PATIENCE = 3;
    private static final int REMEMBERED = 1000;

    private final Map<Frame, Integer> failures = new HashMap<>();

    /** Whether the file itself is at fault, given how reading it failed this time. */
    boolean isForGood(Frame frame, Path file, IOException failure) {
        if (!canBeListed(file.resolveSibling("."))) {
            return false;
        }
        return failure instanceof NoSuchFileException || failedAgain(frame) >= PATIENCE;
    }

    private synchronized int failedAgain(Frame frame) {
        if (failures.size() >= REMEMBERED) {
            failures.clear();
        }
        return failures.merge(frame, 1, Integer::sum);
    }

    /** A folder that is gone, and the file with it, counts as read. */
    private static boolean canBeListed(Path folder) {
        try (DirectoryStream<Path> _ = Files.newDirectoryStream(folder)) {
            return true;
        } catch (IOException e) {
            return e instanceof NoSuchFileException;
        }
    }
}
