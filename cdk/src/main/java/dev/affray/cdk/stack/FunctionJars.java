package dev.affray.cdk.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The jars of the functions, as they lie on disk. */
public record FunctionJars(Path inference, Path alerting, Path fleet, Path console) {
    /** Where the build leaves them, below the root of the repository. */
    public static FunctionJars builtIn(Path root) {
        return new FunctionJars(
                built(root, "inference"), built(root, "alerting"), built(root, "fleet"), built(root, "console"));
    }

    private static Path built(Path root, String module) {
        return root.resolve("cloud")
                .resolve(module)
                .resolve("target")
                .resolve("affray-" + module + "-function.jar")
                .normalize();
    }

    /** Those that are not there. */
    public List<Path> missing() {
        return Stream.of(inference, alerting, fleet, console)
                .filter(jar -> !Files.isRegularFile(jar))
                .toList();
    }
}
