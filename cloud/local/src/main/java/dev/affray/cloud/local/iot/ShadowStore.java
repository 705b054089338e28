package dev.affray.cloud.local.iot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.cloud.local.pki.OwnerOnly;
import dev.affray.document.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shadows in memory and, each in a file {@code {thing}/{name}.json}, on disk. A deleted shadow leaves its version behind for 48 hours, as in AWS IoT.
 * Not thread-safe.
 */
final class ShadowStore {
    private static final Logger log = LoggerFactory.getLogger(ShadowStore.class);
    private static final Duration VERSION_KEPT = Duration.ofDays(2);

    /** A name that has, or had, a shadow: {@code shadow} is null after deletion. */
    private record Entry(@Nullable Shadow shadow, long version, Instant since) {}

    private final Path folder;
    private final Map<String, Map<String, Entry>> things = new TreeMap<>();

    private ShadowStore(Path folder) {
        this.folder = folder;
    }

    /** Reads every shadow; a file that is none is renamed, so that it can be looked at, and its shadow starts anew. */
    static ShadowStore open(Path folder, Instant now) throws IOException {
        OwnerOnly.folder(folder);
        ShadowStore store = new ShadowStore(folder);
        for (Path thing : list(folder)) {
            if (Files.isDirectory(thing)) {
                for (Path file : list(thing)) {
                    store.load(thing.getFileName().toString(), file, now);
                }
            }
        }
        return store;
    }

    @Nullable
    Shadow get(String thing, String name) {
        Entry entry = entries(thing).get(name);
        return entry == null ? null : entry.shadow();
    }

    /** The last version of a name, 0 where there has been none. */
    long version(String thing, String name, Instant now) {
        Entry entry = entries(thing).get(name);
        return entry == null || isForgotten(entry, now) ? 0 : entry.version();
    }

    List<String> names(String thing) {
        return entries(thing).entrySet().stream()
                .filter(entry -> entry.getValue().shadow() != null)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How many names of a thing take up space here. */
    int size(String thing) {
        return entries(thing).size();
    }

    /** Durable when it returns; on an exception nothing has changed. */
    void put(String thing, String name, Shadow shadow) throws IOException {
        write(thing, name, new Entry(shadow, shadow.version(), shadow.updated()));
    }

    /** Durable when it returns; on an exception nothing has changed. */
    void delete(String thing, String name, Instant now) throws IOException {
        Entry entry = entries(thing).get(name);
        if (entry != null) {
            write(thing, name, new Entry(null, entry.version(), Instant.ofEpochSecond(now.getEpochSecond())));
        }
    }

    /** Lets go of the versions of names deleted long ago. */
    void forget(String thing, Instant now) throws IOException {
        List<String> forgotten = entries(thing).entrySet().stream()
                .filter(entry -> isForgotten(entry.getValue(), now))
                .map(Map.Entry::getKey)
                .toList();
        for (String name : forgotten) {
            Files.deleteIfExists(file(thing, name));
            entries(thing).remove(name);
        }
    }

    private void load(String thing, Path file, Instant now) throws IOException {
        String fileName = file.getFileName().toString();
        if (fileName.endsWith(".tmp")) {
            Files.delete(file);
        } else if (fileName.endsWith(".json")) {
            String name = fileName.substring(0, fileName.length() - ".json".length());
            try {
                JsonNode tree = ShadowRequest.READER.readTree(Files.readAllBytes(file));
                entries(thing).put(name, entry(tree));
            } catch (IOException | IllegalArgumentException e) {
                setAside(file, now, e);
            }
        }
    }

    private static void setAside(Path file, Instant now, Exception cause) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + now.toEpochMilli());
        Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
        log.error(
                "Shadow file {} is damaged and now kept as {}; its shadow starts anew: {}",
                file,
                aside,
                cause.toString());
    }

    private void write(String thing, String name, Entry entry) throws IOException {
        Path file = file(thing, name);
        if (entries(thing).isEmpty()) {
            OwnerOnly.folder(folder.resolve(thing));
        }
        OwnerOnly.write(file, Json.write(tree(entry)).getBytes(StandardCharsets.UTF_8));
        entries(thing).put(name, entry);
    }

    private static ObjectNode tree(Entry entry) {
        Shadow shadow = entry.shadow();
        ObjectNode tree = shadow == null
                ? JsonNodeFactory.instance.objectNode().put("version", entry.version())
                : shadow.document();
        return tree.put(shadow == null ? "deleted" : "updated", entry.since().getEpochSecond());
    }

    private static Entry entry(JsonNode tree) {
        long version = number(tree, "version");
        if (tree.has("deleted")) {
            return new Entry(null, version, Instant.ofEpochSecond(number(tree, "deleted")));
        }
        Instant updated = Instant.ofEpochSecond(number(tree, "updated"));
        return new Entry(
                new Shadow(version, section(tree, "desired"), section(tree, "reported"), updated), version, updated);
    }

    private static long number(JsonNode tree, String field) {
        JsonNode value = tree.path(field);
        if (!value.canConvertToLong() || !value.isIntegralNumber()) {
            throw new IllegalArgumentException("'" + field + "' is not a whole number");
        }
        return value.longValue();
    }

    private static Section section(JsonNode tree, String name) {
        JsonNode state = tree.path("state").path(name);
        JsonNode metadata = tree.path("metadata").path(name);
        if (state.isMissingNode() && metadata.isMissingNode()) {
            return Section.empty();
        }
        if (state instanceof ObjectNode values && metadata instanceof ObjectNode times) {
            return new Section(values, times);
        }
        throw new IllegalArgumentException("'state." + name + "' and 'metadata." + name + "' are not both objects");
    }

    private static boolean isForgotten(Entry entry, Instant now) {
        return entry.shadow() == null && entry.since().plus(VERSION_KEPT).isBefore(now);
    }

    private Map<String, Entry> entries(String thing) {
        return things.computeIfAbsent(thing, missing -> new TreeMap<>());
    }

    private Path file(String thing, String name) {
        return folder.resolve(thing).resolve(name + ".json");
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
