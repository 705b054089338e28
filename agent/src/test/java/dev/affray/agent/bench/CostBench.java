package dev.affray.agent.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * What the installed agent costs, beside other programs that do the same: {@code mvn -Pbench -pl agent -am verify}. Fails where one of them did not work, never
 * because of a figure. The table goes to standard output and into {@code target/bench.md}.
 */
@Tag("bench")
class CostBench {
    private static final List<Row> ROWS = List.of(
            new Row("keyframes", "Key pictures as JPEG, from RTSP", PictureRows::keyframes),
            new Row("fps", "1 picture a second as JPEG, from RTSP", PictureRows::onePerSecond),
            new Row("quiet", "Quiet scene, gate closed", QuietRows::closed),
            new Row("constant", "Quiet scene at a constant bit rate", QuietRows::constant),
            new Row("streams", "16 motion JPEG streams, passed through", StreamsRow::passedThrough),
            new Row("memory", "Memory for each further quiet camera", MemoryRows::quiet),
            new Row("active", "Memory for each further active camera", MemoryRows::active),
            new Row("many", "Quiet cameras on 2 cores, beside their server", ManyRow::quiet));

    private static final List<Line> LINES = new ArrayList<>();

    /** What is measured, and how. */
    private record Row(String name, String work, Measurement measurement) {}

    private interface Measurement {
        Line of(String work, Window window) throws Exception;
    }

    @TestFactory
    Stream<DynamicTest> eachProgramDoesItsWork_whileItIsMeasured() {
        return ROWS.stream()
                .filter(row -> Window.wants(row.name()))
                .map(row -> DynamicTest.dynamicTest(row.work(), () -> measure(row)));
    }

    private static void measure(Row row) throws Exception {
        System.out.println("bench: " + row.work());
        try {
            LINES.add(row.measurement().of(row.work(), Window.ofProperties()));
        } catch (Exception | AssertionError e) {
            // Something is not installed, or did not work.
            LINES.add(Line.without(row.work(), String.valueOf(e.getMessage())));
            throw e;
        } finally {
            System.out.println("bench: " + LINES.getLast().markdown());
        }
    }

    @AfterAll
    static void tell() throws IOException {
        List<String> table = new ArrayList<>(List.of(Line.HEAD.markdown(), "|---|---|---|---|---|---|"));
        LINES.forEach(line -> table.add(line.markdown()));
        table.forEach(System.out::println);
        Files.write(Workshop.FOLDER.resolveSibling("bench.md"), table);
        for (String large : List.of("film.mp4", "ours", "peer", "pictures")) {
            Workshop.remove(Workshop.FOLDER.resolve(large));
        }
    }
}
