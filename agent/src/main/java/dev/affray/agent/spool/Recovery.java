package dev.affray.agent.spool;

import dev.affray.agent.health.Ledgers;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through the folder that an earlier run left, of whatever cameras. Good frames are recovered, also those that only lacked their name when the
 * process died; anything else in a camera's place is set aside. Everything looked at is entered in its camera's ledger.
 */
final class Recovery {
    private static final Logger log = LoggerFactory.getLogger(Recovery.class);
    static final String SUFFIX = ".jpg";
    static final String TMP = ".tmp";

    /** A good frame. */
    record Found(Frame frame, Path file, long size) {}

    private final String thing;
    private final Ledgers ledgers;
    private final Aside aside;
    private final List<Found> found = new ArrayList<>();
    private int damaged;

    Recovery(String thing, Ledgers ledgers, Aside aside) {
        this.thing = thing;
        this.ledgers = ledgers;
        this.aside = aside;
    }

    /** The good frames, the oldest first. */
    List<Found> look(Path folder) throws IOException {
        for (Path entry : list(folder)) {
            String camera = entry.getFileName().toString();
            if (!CameraId.isName(camera)) {
                log.warn("{} is no camera's folder; it is left alone", entry);
            } else if (Files.isDirectory(entry)) {
                camera(camera, entry);
            } else {
                damaged(camera, entry);
            }
        }
        if (!found.isEmpty() || damaged > 0) {
            log.info(
                    "Recovered {} frames from the spool; set {} damaged or half-written files aside",
                    found.size(),
                    damaged);
        }
        found.sort(Comparator.comparing((Found f) -> f.frame().capturedAt()).thenComparing(Found::frame));
        return found;
    }

    /** How many files were set aside. */
    int damaged() {
        return damaged;
    }

    private void camera(String camera, Path folder) {
        List<Path> files;
        try {
            files = list(folder);
        } catch (IOException e) {
            log.warn("Cannot look into {}; what is in it stays there, uncounted: {}", folder, e.toString());
            return;
        }
        files.forEach(file -> file(camera, file));
    }

    private void file(String camera, Path file) {
        String name = file.getFileName().toString();
        String finished = name.endsWith(TMP) ? name.substring(0, name.length() - TMP.length()) : name;
        try {
            if (finished.endsWith(SUFFIX) && Files.isRegularFile(file) && Jpeg.isWhole(file)) {
                String frameName = finished.substring(0, finished.length() - SUFFIX.length());
                Frame frame = Frame.ofName(new CameraId(thing, camera), frameName);
                Path place = file.resolveSibling(finished);
                if (!place.equals(file)) {
                    if (Files.exists(place)) {
                        throw new IllegalArgumentException("there is a finished one");
                    }
                    Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
                }
                found.add(new Found(frame, place, Files.size(place)));
                ledgers.of(camera).recovered();
                return;
            }
        } catch (IllegalArgumentException e) {
            log.debug("{}: {}", file, e.getMessage());
        } catch (IOException e) {
            log.warn("Cannot read {}: {}", file, e.toString());
        }
        damaged(camera, file);
    }

    private void damaged(String camera, Path file) {
        ledgers.of(camera).recovered();
        try {
            aside.take(camera, file);
        } catch (IOException e) {
            log.warn("Cannot remove {} either; it stays there, uncounted: {}", file, e.toString());
        }
        ledgers.of(camera).setAside();
        damaged++;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }
}
