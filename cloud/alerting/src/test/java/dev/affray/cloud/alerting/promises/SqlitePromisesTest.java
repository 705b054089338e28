package dev.affray.cloud.alerting.promises;

import dev.affray.cloud.state.sqlite.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;

/** Of the local edition. A failure prints its seed and the smallest film that fails; {@code @Property(seed = "...")} brings it back. */
class SqlitePromisesTest {
    @StatisticsReport(StatisticsReportMode.OFF)
    @Property
    void settledIncidentsAreThoseOfTheDefinition_andEachIsAnnouncedOnce(
            @ForAll("films") List<Film> films, @ForAll long seed) throws Exception {
        try (File file = new File()) {
            new Promises(Stores.sqlite(file.database), films, seed).settledIncidentsAreThoseOfTheDefinition();
        }
        EnumSet.complementOf(EnumSet.of(Corner.DISPLACEMENT_IS_BOUNDED)).forEach(Corner::mustHaveBeenSeen);
    }

    @StatisticsReport(StatisticsReportMode.OFF)
    @Property
    void announcementsAreThoseOfTheOrderedStream_whileDisplacementIsBounded(
            @ForAll("films") List<Film> films, @ForAll long seed) throws Exception {
        try (File file = new File();
                File other = new File()) {
            new Promises(Stores.sqlite(file.database), films, seed)
                    .announcementsAreThoseOfTheOrderedStream(Stores.sqlite(other.database));
        }
        Corner.DISPLACEMENT_IS_BOUNDED.mustHaveBeenSeen();
    }

    @Provide
    Arbitrary<List<Film>> films() {
        return Films.ofOneGateway();
    }

    /** A state file for a moment, in memory where the machine has such a place. */
    private static final class File implements AutoCloseable {
        private static final Path MEMORY = Path.of("/dev/shm");
        private final Path folder;
        private final Database database;

        File() throws IOException {
            folder = Files.isWritable(MEMORY)
                    ? Files.createTempDirectory(MEMORY, "affray")
                    : Files.createTempDirectory("affray");
            database = Database.open(folder.resolve("state.db"));
        }

        @Override
        public void close() throws IOException {
            database.close();
            for (String left : List.of("state.db", "state.db-wal", "state.db-shm")) {
                Files.deleteIfExists(folder.resolve(left));
            }
            Files.delete(folder);
        }
    }
}
