package dev.affray.agent.command;

import dev.affray.agent.upload.UploadOutcome;
import dev.affray.command.ClipKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Where clips and snapshots go. */
@FunctionalInterface
public interface ClipStore {
    /**
     * Stores a file.
     *
     * @param within how long to try
     * @throws IOException when the file cannot be read
     */
    UploadOutcome put(ClipKey key, Path file, Duration within) throws IOException, InterruptedException;
}
