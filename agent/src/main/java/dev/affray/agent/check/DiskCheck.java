package dev.affray.agent.check;

import dev.affray.agent.config.AgentConfig;
import dev.affray.agent.spool.Fsync;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Whether the data folder can be written and forced, and whether the spool has the room that it was promised. */
final class DiskCheck {
    private static final String DISK = "disk";
    private static final String ROOM = "disk space";
    private static final long MEGABYTE = 1024 * 1024;
    private static final int PIECE = 64 * 1024;
    private static final long SLOW_MILLIS = 200;

    private DiskCheck() {}

    static List<Finding> of(AgentConfig config) {
        Path data = config.data();
        if (Files.exists(data) && !Files.isDirectory(data)) {
            return List.of(Finding.fail(DISK, data + " is a file", "Name a folder in data."));
        }
        Path folder = data;
        while (!Files.isDirectory(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(write(folder, data, config.fsync()));
        findings.add(room(folder, config));
        return findings;
    }

    /** @param folder the data folder, or the nearest one above it where there is none yet */
    private static Finding write(Path folder, Path data, Fsync fsync) {
        Path file = folder.resolve(".affray-check-" + UUID.randomUUID());
        try {
            long began;
            try (FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.allocate(PIECE);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                began = System.nanoTime();
                channel.force(true);
            } finally {
                Files.deleteIfExists(file);
            }
            long millis = (System.nanoTime() - began) / 1_000_000;
            String what = (folder.equals(data) ? data + " can be written" : data + " can be made")
                    + "; forcing 64 kB to the disk took " + millis + " ms";
            return millis > SLOW_MILLIS && fsync == Fsync.ALWAYS
                    ? Finding.warn(DISK, what, "Every frame waits for that long: set spool.fsync to batch.")
                    : Finding.ok(DISK, what);
        } catch (IOException e) {
            return Finding.fail(
                    DISK,
                    folder + " cannot be written: " + reason(e),
                    "Let the user that runs the agent write there, or name another folder in data.");
        }
    }

    private static String reason(IOException e) {
        return e instanceof FileSystemException failed && failed.getReason() != null
                ? failed.getReason()
                : e.getClass().getSimpleName();
    }

    private static Finding room(Path folder, AgentConfig config) {
        long free;
        long taken;
        try {
            free = Files.getFileStore(folder).getUsableSpace();
            taken = bytes(config.data().resolve("spool")) + bytes(config.data().resolve("aside"));
        } catch (IOException | UncheckedIOException e) {
            return Finding.fail(ROOM, "cannot be looked at: " + e.getMessage(), "See who owns " + folder + ".");
        }
        long reserve = config.spool().minFreeBytes();
        long most = config.spool().maxBytes();
        String what = "%d MB free of which %d are left to others; the spool has %d MB and may have %d"
                .formatted(free / MEGABYTE, reserve / MEGABYTE, taken / MEGABYTE, most / MEGABYTE);
        if (free <= reserve) {
            return Finding.fail(
                    ROOM,
                    what + ", so it cannot grow: new frames take the place of old ones or are refused",
                    "Free some space, name a folder on a larger disk in data, or lower spool.minFreeMegabytes.");
        }
        long could = taken + free - reserve;
        return could < most
                ? Finding.warn(
                        ROOM,
                        what + ", but there is room for " + could / MEGABYTE,
                        "An outage would lose frames sooner: free some space, or lower spool.maxMegabytes.")
                : Finding.ok(ROOM, what);
    }

    private static long bytes(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
