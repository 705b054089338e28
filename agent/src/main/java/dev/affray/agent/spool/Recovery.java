package dev.affray.agent.spool;

import dev.affray.agent.health.Ledgers;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks through the folder that an earlier run left, of whatever cameras: good frames are recovered, bad ones set aside, half-written ones removed. */
final class Recovery {
    private static final Logger log = LoggerFactory.getLogger(Recovery.class);
    static final String SUFFIX = ".jpg";
    static final String TMP = ".tmp";

    /** A good frame. */
    record Found(Frame frame, Path file, long bytes) {}

    private final String thing;
    private final Ledgers ledgers;
    private final Aside aside;
    private final List<Found> found = new ArrayList<>();
    private int bad;
    private int unfinished;

    Recovery(String thing, Ledgers ledgers, Aside aside) {
        this.thing = thing;
        this.ledgers = ledgers;
        this.aside = aside;
    }

    /** The good frames, the oldest first. */
    List<Found> look(Path folder) throws IOException {
        for (Path cameraFolder : list(folder)) {
            String camera = cameraFolder.getFileName().toString();
            if (Files.isDirectory(cameraFolder) && CameraId.isName(camera)) {
                for (Path file : list(cameraFolder)) {
                    file(camera, file);
                }
            } else {
                log.warn("{} is no camera's folder; it is left alone", cameraFolder);
            }
        }
        if (!found.isEmpty() || bad > 0 || unfinished > 0) {
            log.info(
                    "Recovered {} frames from the spool; set {} aside, removed {} unfinished",
                    found.size(),
                    bad,
                    unfinished);
        }
        found.sort(Comparator.comparing((Found f) -> f.frame().capturedAt()).thenComparing(Found::frame));
        return found;
    }

    private void file(String camera, Path file) throws IOException {
        String name = file.getFileName().toString();
        if (name.endsWith(TMP)) {
            Files.delete(file);
            unfinished++;
            return;
        }
        ledgers.of(camera).recovered();
        try {
            if (name.endsWith(SUFFIX) && Files.isRegularFile(file) && Jpeg.isWhole(file)) {
                String frameName = name.substring(0, name.length() - SUFFIX.length());
                found.add(new Found(Frame.ofName(new CameraId(thing, camera), frameName), file, Files.size(file)));
                return;
            }
        } catch (IllegalArgumentException e) {
            log.debug("{}: {}", file, e.getMessage());
        } catch (IOException e) {
            log.warn("Cannot read {}: {}", file, e.toString());
        }
        aside.take(camera, file);
        ledgers.of(camera).setAside();
        bad++;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }
}
