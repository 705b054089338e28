package dev.affray.cloud.local;

import dev.affray.cloud.local.pki.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Everything that is kept, in one folder that one process at a time may use. */
final class DataFolder implements AutoCloseable {
    private final Path root;
    private final FileChannel channel;

    private DataFolder(Path root, FileChannel channel) {
        this.root = root;
        this.channel = channel;
    }

    /**
     * Makes the folder where there is none, for its owner alone since it holds pictures of people, and takes it.
     *
     * @throws IOException when it cannot be used, saying why
     */
    static DataFolder open(Path root) throws IOException {
        FileChannel channel;
        try {
            OwnerOnly.newFolder(root);
            channel = FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("the data folder " + root + " is a file", e);
        } catch (IOException e) {
            throw new IOException("the data folder " + root + " cannot be used: " + e.getMessage(), e);
        }
        if (!locked(channel)) {
            channel.close();
            throw new IOException(
                    "another affray-local is using " + root + "; stop it, or choose another folder with --data");
        }
        return new DataFolder(root, channel);
    }

    Path root() {
        return root;
    }

    Path state() {
        return root.resolve("state.db");
    }

    Path authority() {
        return root.resolve("authority");
    }

    Path broker() {
        return root.resolve("broker");
    }

    Path shadows() {
        return root.resolve("shadows");
    }

    Path queues() {
        return root.resolve("queues");
    }

    Path frames() {
        return root.resolve("frames");
    }

    Path mail() {
        return root.resolve("mail");
    }

    Path sampleVideo() {
        return root.resolve("sample").resolve("sample.mp4");
    }

    Path agent() {
        return root.resolve("agent");
    }

    Path agentLog() {
        return root.resolve("logs").resolve("agent.log");
    }

    Path administrator() {
        return root.resolve("administrator.json");
    }

    Path token() {
        return root.resolve("page-token");
    }

    Path linkKeys() {
        return root.resolve("link-keys");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
