package dev.affray.cloud.local.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The command line of the agent: what its launcher script runs, on the Java that runs this process. */
public final class AgentCommand {
    private AgentCommand() {}

    /** @throws IOException when the folder holds no agent */
    public static List<String> of(Path agentHome, List<String> arguments) throws IOException {
        Path libraries = agentHome.toAbsolutePath().normalize().resolve("lib");
        if (!holdsJars(libraries)) {
            throw new IOException(libraries + " holds no jars: " + agentHome + " is not an agent's folder");
        }
        List<String> command = new ArrayList<>(List.of(
                java(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-cp",
                libraries.resolve("*").toString(),
                "dev.affray.agent.Main"));
        command.addAll(arguments);
        return List.copyOf(command);
    }

    /** Takes out of a child's environment what only this process needs to know. */
    public static void withoutSecrets(ProcessBuilder builder) {
        builder.environment().keySet().removeIf(name -> name.startsWith("AFFRAY_SMTP_"));
    }

    private static boolean holdsJars(Path libraries) throws IOException {
        if (!Files.isDirectory(libraries)) {
            return false;
        }
        try (Stream<Path> files = Files.list(libraries)) {
            return files.anyMatch(file -> file.toString().endsWith(".jar"));
        }
    }

    private static String java() {
        return ProcessHandle.current()
                .info()
                .command()
                .orElseGet(() ->
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
    }
}
