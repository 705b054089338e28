package dev.affray.agent.identity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.agent.disk.PrivateFile;
import dev.affray.document.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which identity is in force, over renewals and restarts. It begins with the pair that agent.yaml names. A renewed pair has a folder of its own below
 * {@code data/identity} until it is {@link #adopt adopted}:
 *
 * <pre>
 * renewed-TIME/           on trial; a start finds it, and deletes it
 * current.json            names the folder in force, and the configured certificate that it follows; written in one go
 * configured pair         takes over the renewed one, where it lies in data/identity; then folder and current.json go
 * </pre>
 *
 * So a crash at any point leaves a whole pair in force, and no old key is kept longer than needed. Where agent.yaml names files elsewhere, they stay as
 * they are; another certificate put there by hand is in force from the next start on.
 */
public final class IdentityStore {
    private static final Logger log = LoggerFactory.getLogger(IdentityStore.class);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);
    private static final String RENEWED = "renewed-";

    private final Path folder;
    private final Pair configured;
    private Pair current;

    /** Two files that belong together. */
    public record Pair(Path certificate, Path key) {}

    /** What {@code current.json} says. */
    private record Following(String folder, String certificateId) {}

    private IdentityStore(Path folder, Pair configured) {
        this.folder = folder;
        this.configured = configured;
        this.current = configured;
    }

    /**
     * Finds out which pair is in force, and deletes what a crash left.
     *
     * @param data the data folder, which nobody else uses now
     * @param configured the pair that agent.yaml names
     * @throws IOException when the configured certificate cannot be read
     */
    public static IdentityStore open(Path data, Pair configured) throws IOException {
        IdentityStore store =
                new IdentityStore(data.resolve("identity").toAbsolutePath().normalize(), configured);
        store.settle();
        return store;
    }

    /**
     * The pair that would be in force if the agent began now. Changes nothing, so it may be asked beside a running agent.
     *
     * @throws IOException when the configured certificate cannot be read
     */
    public static Pair inForce(Path data, Pair configured) throws IOException {
        IdentityStore store =
                new IdentityStore(data.resolve("identity").toAbsolutePath().normalize(), configured);
        Optional<Following> following = store.following();
        return following.isEmpty()
                ? configured
                : store.followed(following.get()).orElse(configured);
    }

    private void settle() throws IOException {
        Optional<Following> following = following();
        if (following.isPresent()) {
            Optional<Pair> renewed = followed(following.get());
            if (renewed.isPresent()) {
                current = renewed.get();
                takeOver();
            } else {
                log.warn("{} is in force, and not what was renewed", configured.certificate());
                Files.deleteIfExists(pointer());
            }
        }
        tidy();
    }

    /** The renewed pair, where it is whole and follows the configured one. */
    private Optional<Pair> followed(Following following) throws IOException {
        IdentityFolder renewed = new IdentityFolder(folder.resolve(following.folder()));
        String id = idOf(configured.certificate());
        Optional<X509Certificate> certificate = whole(renewed);
        boolean follows = certificate.isPresent()
                && (id.equals(following.certificateId()) || id.equals(IdentityFolder.idOf(certificate.get())));
        return follows ? Optional.of(new Pair(renewed.certificateFile(), renewed.keyFile())) : Optional.empty();
    }

    /** A damaged pair counts as none: the configured one may still do. */
    private static Optional<X509Certificate> whole(IdentityFolder renewed) {
        try {
            return renewed.certificate();
        } catch (IOException e) {
            log.warn("The renewed certificate is damaged: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** The pair in force. */
    public synchronized Pair current() {
        return current;
    }

    /** The certificate in force. */
    public synchronized X509Certificate certificate() throws IOException {
        return IdentityFolder.read(current.certificate());
    }

    /** A folder for a new pair, to be tried. */
    public IdentityFolder renewed(Instant now) {
        return new IdentityFolder(folder.resolve(RENEWED + TIME.format(now)));
    }

    /**
     * Puts a new pair into force, for this run and those to come; the pairs before it are deleted, as far as they are kept here.
     *
     * @throws IOException when that cannot be written; then the old one stays in force
     */
    public synchronized void adopt(IdentityFolder renewed) throws IOException {
        Following following = new Following(renewed.path().getFileName().toString(), idOf(configured.certificate()));
        PrivateFile.write(
                pointer(), Json.write(Map.of("folder", following.folder(), "follows", following.certificateId())));
        current = new Pair(renewed.certificateFile(), renewed.keyFile());
        takeOver();
        tidy();
    }

    /** Deletes a pair that did not stand its trial. */
    public void discard(IdentityFolder renewed) {
        delete(renewed.path());
    }

    /** A failure here changes nothing: the pair in the folder is in force. */
    private void takeOver() {
        if (!own(configured.certificate()) || !own(configured.key())) {
            return;
        }
        Pair renewed = current;
        try {
            PrivateFile.write(configured.key(), Files.readString(renewed.key()));
            PrivateFile.write(configured.certificate(), Files.readString(renewed.certificate()));
            Files.deleteIfExists(pointer());
            current = configured;
        } catch (IOException e) {
            log.warn(
                    "The renewed certificate stays in {}: {}",
                    renewed.certificate().getParent(),
                    e.toString());
        }
    }

    private boolean own(Path file) {
        return folder.equals(file.toAbsolutePath().normalize().getParent());
    }

    private void tidy() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> left = files.filter(file -> file.getFileName().toString().startsWith(RENEWED))
                    .filter(file -> !file.equals(current.certificate().getParent()))
                    .toList();
            left.forEach(IdentityStore::delete);
        } catch (IOException e) {
            log.warn("Cannot tidy up {}: {}", folder, e.toString());
        }
    }

    private static void delete(Path renewed) {
        try {
            Files.deleteIfExists(new IdentityFolder(renewed).keyFile());
            Files.deleteIfExists(new IdentityFolder(renewed).certificateFile());
            Files.deleteIfExists(renewed);
        } catch (IOException e) {
            log.warn("Cannot delete {}, which is not in use: {}", renewed, e.toString());
        }
    }

    private Path pointer() {
        return folder.resolve("current.json");
    }

    private Optional<Following> following() {
        try {
            JsonNode document = Json.tree(Files.readString(pointer()));
            String name = document.path("folder").asText();
            if (name.startsWith(RENEWED) && !name.contains("/") && !name.contains("\\")) {
                return Optional.of(new Following(name, document.path("follows").asText()));
            }
        } catch (java.nio.file.NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            log.warn("{} cannot be read, so the configured certificate is in force: {}", pointer(), e.toString());
        }
        return Optional.empty();
    }

    private static String idOf(Path certificate) throws IOException {
        return IdentityFolder.idOf(IdentityFolder.read(certificate));
    }
}
