package dev.affray.cloud.state.dynamodb;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What {@code src/test/node} asks for, installed once under this module's {@code target/node} for the tests of all modules. */
final class NodeModules {
    private static final List<String> FILES = List.of("package.json", "package-lock.json", "serve.js");
    private static final int PATIENCE_SECONDS = 120;

    private NodeModules() {}

    /** It cannot be installed on this machine. */
    static final class Missing extends Exception {
        private static final long serialVersionUID = 1;

        Missing(String why) {
            super(why);
        }
    }

    /** Installs unless the same lock file was installed before; builds that do so at once wait for each other. */
    static Path install() throws Missing {
        Path module = module();
        Path folder = module.resolve("target/node");
        try {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                assert lock.isValid();
                install(module.resolve("src/test/node"), folder);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + folder, e);
        }
    }

    private static void install(Path from, Path folder) throws IOException, Missing {
        for (String file : FILES) {
            Path copy = folder.resolve(file);
            // A server that another build has just begun to start may be reading it.
            if (!Files.exists(copy) || Files.mismatch(from.resolve(file), copy) >= 0) {
                Files.copy(from.resolve(file), copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        String wanted = Files.readString(folder.resolve("package-lock.json"));
        Path done = folder.resolve("installed");
        run(
                "Node.js 20 or later is needed",
                folder,
                10,
                "node",
                "-e",
                "if (parseInt(process.versions.node) < 20) throw 'older than 20'");
        if (!Files.exists(done) || !Files.readString(done).equals(wanted)) {
            run(
                    "npm cannot install it",
                    folder,
                    PATIENCE_SECONDS,
                    "npm",
                    "ci",
                    "--ignore-scripts",
                    "--no-audit",
                    "--no-fund");
            Files.writeString(done, wanted);
        }
    }

    private static void run(String otherwise, Path folder, int seconds, String... command) throws Missing {
        File log = folder.resolve(command[0] + ".log").toFile();
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log)
                    .start();
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new Missing(otherwise + ": it took longer than " + seconds + " s");
            }
            if (process.exitValue() != 0) {
                throw new Missing(otherwise + "; see " + log);
            }
        } catch (IOException e) {
            throw new Missing(otherwise + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Missing("interrupted while it was installed");
        }
    }

    /** Tests run in the folder of their module, or above. */
    private static Path module() throws Missing {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("cloud/state/src/test/node/package.json"))) {
                return at.resolve("cloud/state");
            }
        }
        throw new Missing("cloud/state is not above " + Path.of("").toAbsolutePath());
    }
}
