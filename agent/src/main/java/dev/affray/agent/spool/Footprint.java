package dev.affray.agent.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

/** What files take up on a disk that gives out whole blocks. The folders' own blocks, some ten bytes a frame, are left out. */
record Footprint(long block) {
    long ofBytes(long size) {
        return (size + block - 1) / block * block;
    }

    /** Of a file, or of all files below a folder; what cannot be looked at counts nothing. */
    long of(Path path) {
        try (Stream<Path> tree = Files.walk(path)) {
            return tree.mapToLong(this::ofOne).sum();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    private long ofOne(Path path) {
        try {
            BasicFileAttributes is = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return is.isRegularFile() ? ofBytes(is.size()) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
