package dev.affray.agent.spool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.agent.disk.SmallFile;
import dev.affray.document.Json;
import dev.affray.frame.Frame;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when a recovered frame was spooled, on the monotonic clock, or that it cannot be told. It can when the earlier run was on this boot and the
 * wall clock has not been set since, so that the capture time in the frame's name converts; anything else is uncertain, and stays uncertain for
 * that frame in every later run.
 */
final class PastClock {
    private static final Logger log = LoggerFactory.getLogger(PastClock.class);

    /** Rounding, and the slewing of the wall clock over a day. */
    private static final long TOLERANCE_MILLIS = 1000;

    /** What the file holds. {@code uncertainUpTo}: per camera, the last sequence whose age cannot be told. */
    private record Kept(String bootId, long offsetMillis, Map<String, Long> uncertainUpTo) {}

    private final Path file;
    private final BootClock clock;
    private final boolean certain;
    private final long offsetMillis;
    private final Map<String, Long> uncertainUpTo = new TreeMap<>();

    private PastClock(Path file, BootClock clock, boolean certain, long offsetMillis, Map<String, Long> uncertainUpTo) {
        this.file = file;
        this.clock = clock;
        this.certain = certain;
        this.offsetMillis = offsetMillis;
        this.uncertainUpTo.putAll(uncertainUpTo);
    }

    /** Reads what the run before left. */
    static PastClock read(Path file, BootClock clock) throws IOException {
        long offset = clock.offsetMillis();
        try {
            Kept kept = kept(file);
            boolean certain = clock.bootId().isPresent()
                    && clock.bootId().get().equals(kept.bootId())
                    && Math.abs(offset - kept.offsetMillis()) <= TOLERANCE_MILLIS;
            return new PastClock(file, clock, certain, certain ? kept.offsetMillis() : offset, kept.uncertainUpTo());
        } catch (NoSuchFileException e) {
            return new PastClock(file, clock, false, offset, Map.of());
        } catch (JsonProcessingException | CharacterCodingException e) {
            log.warn("{} is damaged; frames of earlier runs go to the backlog", file);
            return new PastClock(file, clock, false, offset, Map.of());
        }
    }

    private static Kept kept(Path file) throws IOException {
        return Json.MAPPER.treeToValue(whole(Json.MAPPER.readTree(Files.readString(file))), Kept.class);
    }

    /** Jackson would fill in what is missing. */
    private static JsonNode whole(JsonNode document) throws JsonProcessingException {
        boolean whole = document.path("bootId").isTextual()
                && document.path("offsetMillis").isIntegralNumber()
                && document.path("uncertainUpTo").isObject()
                && document.path("uncertainUpTo").valueStream().allMatch(JsonNode::isIntegralNumber);
        if (!whole) {
            throw new JsonMappingException(null, "fields are missing");
        }
        return document;
    }

    /** When the frame was spooled; empty when that is uncertain. To be asked of every recovered frame before {@link #keep}. */
    OptionalLong spooledNanos(Frame frame) {
        String camera = frame.camera().camera();
        if (!certain) {
            uncertainUpTo.merge(camera, frame.sequence(), Math::max);
        }
        if (frame.sequence() <= uncertainUpTo.getOrDefault(camera, -1L)) {
            return OptionalLong.empty();
        }
        long nanos = (frame.capturedAt().toEpochMilli() - offsetMillis) * 1_000_000;
        boolean future = nanos - clock.nanos().getAsLong() > TOLERANCE_MILLIS * 1_000_000;
        return future ? OptionalLong.empty() : OptionalLong.of(nanos);
    }

    /** Leaves for the next run what it needs to know of this one. */
    void keep() throws IOException {
        SmallFile.write(file, Json.write(new Kept(clock.bootId().orElse(""), offsetMillis, uncertainUpTo)) + "\n");
    }
}
