package dev.affray.agent.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The folder that everything is made in, and the programs that are started there. */
final class Workshop {
    static final Path FOLDER = Path.of("target", "bench").toAbsolutePath();
    private static final long PATIENCE_SECONDS = 30;

    private Workshop() {}

    /** A new, empty folder. */
    static Path fresh(String name) throws IOException {
        Path folder = FOLDER.resolve(name);
        remove(folder);
        return Files.createDirectories(folder);
    }

    /** Removes a file, or a folder and all in it; nothing happens where there is none. */
    static void remove(Path path) throws IOException {
        if (Files.exists(path)) {
            try (Stream<Path> all = Files.walk(path)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    /** Skips the row where the program is not installed. */
    static void needs(String program) {
        boolean found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        assumeTrue(found, program + " is not installed");
    }

    /** Starts a program; what it says goes into two files named after it. */
    static Process start(String name, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Files.createDirectories(FOLDER).toFile())
                .redirectOutput(said(name).toFile())
                .redirectError(FOLDER.resolve(name + ".err").toFile());
        builder.environment().put("AFFRAY_JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    /** What a program said on its standard output. */
    static Path said(String name) {
        return FOLDER.resolve(name + ".out");
    }

    /** Runs a program to its end, which must be a good one. */
    static void run(String name, List<String> command) throws IOException, InterruptedException {
        Process process = start(name, command);
        try {
            assertThat(process.waitFor())
                    .as(() -> String.join(" ", command) + ": see " + FOLDER.resolve(name + ".err"))
                    .isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Tells programs to end, and waits until they have; those that do not are killed. */
    static void end(List<Process> processes) throws InterruptedException {
        processes.forEach(Process::destroy);
        for (Process process : processes) {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    /** How many pictures lie in a folder and those below it. */
    static long pictures(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".jpg")).count();
        }
    }
}
