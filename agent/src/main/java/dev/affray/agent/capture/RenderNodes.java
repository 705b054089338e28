package dev.affray.agent.capture;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What Linux offers of graphics hardware, as files under {@code /dev/dri}: FFmpeg does not say why it finds none. */
final class RenderNodes {
    private static final Path FOLDER = Path.of("/dev/dri");

    private RenderNodes() {}

    /** Why hardware of this kind cannot be opened, and what helps; empty where these files tell nothing. */
    static Optional<String> complaint(Accelerator kind) {
        return kind == Accelerator.VAAPI ? complaint(FOLDER) : Optional.empty();
    }

    static Optional<String> complaint(Path folder) {
        boolean any = false;
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> nodes = Files.newDirectoryStream(folder, "renderD*")) {
                for (Path node : nodes) {
                    any = true;
                    if (!Files.isReadable(node) || !Files.isWritable(node)) {
                        return Optional.of("may not use " + node + "; add this user to the group of that file");
                    }
                }
            } catch (IOException e) {
                return Optional.of("cannot look into " + folder + ": " + e.getMessage());
            }
        }
        return any ? Optional.empty() : Optional.of("has no device: there is no " + folder + "/renderD*");
    }
}
