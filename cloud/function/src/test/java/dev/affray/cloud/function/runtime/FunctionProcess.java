package dev.affray.cloud.function.runtime;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One function as Lambda runs it: AWS's runtime interface client in a JVM of its own, on the JDK that runs the test, with the function's jar and nothing
 * else of ours on its classpath. Its environment holds what Lambda sets, dummy credentials, and what the test gives; nothing is inherited but
 * {@code PATH}. Every wait ends after {@link #PATIENCE} with the log in the exception, and {@link #close} leaves no process behind.
 *
 * <pre>
 * try (FunctionProcess function = FunctionProcess.start(FunctionProcess.jar(), FleetFunction.class.getName(), environment)) {
 *     Answer answer = function.invoke(event);
 *     ...
 * }
 * </pre>
 */
public final class FunctionProcess implements AutoCloseable {
    /** The longest any wait lasts; also the deadline of an invocation. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String[] PARTS_OF_THE_RUNTIME = {
        "com.amazonaws.services.lambda.runtime.Context",
        "com.amazonaws.services.lambda.runtime.serialization.PojoSerializer",
        "software.amazon.awssdk.utilslite.SdkInternalThreadLocal"
    };

    private final RuntimeApi api;
    private final Path folder;
    private final Process process;

    private FunctionProcess(RuntimeApi api, Path folder, Process process) {
        this.api = api;
        this.folder = folder;
        this.process = process;
        process.onExit()
                .thenAccept(ended -> api.ended(new IllegalStateException(
                        "the function's process ended with " + ended.exitValue() + "; its log:\n" + tail())));
    }

    /** The jar that the module under test has just been packed into, which failsafe names. */
    public static Path jar() {
        return Path.of(Objects.requireNonNull(System.getProperty("affray.function.jar"), "affray.function.jar"));
    }

    /** Starts a handler, {@code package.Class} or {@code package.Class::method}, from a function's jar. */
    public static FunctionProcess start(Path jar, String handler, Map<String, String> environment) throws IOException {
        return start(List.of(jar), "on-demand", handler, environment);
    }

    /** The same with SnapStart's hooks: they run as they do around a snapshot, in one and the same process. */
    public static FunctionProcess startWithSnapStart(Path jar, String handler, Map<String, String> environment)
            throws IOException {
        return start(List.of(jar), "snap-start", handler, environment);
    }

    static FunctionProcess start(
            List<Path> classpath, String initialization, String handler, Map<String, String> environment)
            throws IOException {
        Path folder = Files.createTempDirectory("function");
        RuntimeApi api = new RuntimeApi(PATIENCE);
        ProcessBuilder builder = new ProcessBuilder(command(classpath, folder, handler))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        Map<String, String> variables = builder.environment();
        variables.keySet().retainAll(List.of("PATH"));
        variables.putAll(lambda(api.address(), folder, handler, initialization));
        variables.putAll(environment);
        api.spawned();
        try {
            return new FunctionProcess(api, folder, builder.start());
        } catch (IOException e) {
            api.close();
            throw e;
        }
    }

    private static List<String> command(List<Path> classpath, Path folder, String handler) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-Djava.net.preferIPv4Stack=true",
                "-Djava.io.tmpdir=" + folder,
                "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                Stream.concat(classpath.stream(), runtime())
                        .map(entry -> entry.toAbsolutePath().toString())
                        .collect(Collectors.joining(File.pathSeparator)),
                AWSLambda.class.getName(),
                handler);
    }

    /** The runtime interface client's own jars; Lambda's managed runtime has them too, behind the function's. */
    private static Stream<Path> runtime() {
        return Stream.concat(Stream.of(AWSLambda.class.getName()), Arrays.stream(PARTS_OF_THE_RUNTIME))
                .map(FunctionProcess::jarOf);
    }

    private static Path jarOf(String type) {
        try {
            return Path.of(Class.forName(type)
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException("a part of the runtime interface client is not on the test's classpath", e);
        }
    }

    private static Map<String, String> lambda(String api, Path folder, String handler, String initialization) {
        return Map.ofEntries(
                Map.entry("AWS_LAMBDA_RUNTIME_API", api),
                Map.entry("_HANDLER", handler),
                Map.entry("AWS_EXECUTION_ENV", "AWS_Lambda_java25"),
                Map.entry("AWS_LAMBDA_FUNCTION_NAME", "affray-test"),
                Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "1"),
                Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024"),
                Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/affray-test"),
                Map.entry("AWS_LAMBDA_LOG_STREAM_NAME", "test"),
                Map.entry("AWS_LAMBDA_LOG_FORMAT", "JSON"),
                Map.entry("AWS_LAMBDA_LOG_LEVEL", "INFO"),
                Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", initialization),
                Map.entry("LAMBDA_TASK_ROOT", folder.toString()),
                Map.entry("AWS_REGION", "eu-central-1"),
                Map.entry("AWS_ACCESS_KEY_ID", "none"),
                Map.entry("AWS_SECRET_ACCESS_KEY", "none"),
                Map.entry("AWS_SESSION_TOKEN", "none"),
                Map.entry("AWS_EC2_METADATA_DISABLED", "true"),
                Map.entry("TZ", ":UTC"),
                Map.entry("LANG", "en_US.UTF-8"));
    }

    /** Waits for the end of the start. */
    public Start started() {
        return await(api.start());
    }

    /** Waits until the hooks before the snapshot have run. */
    public void snapshotTaken() {
        await(api.snapshot());
    }

    /** Hands one event over and waits for the answer. */
    public Answer invoke(String event) {
        return await(api.invoke(UUID.randomUUID().toString(), event));
    }

    /** Waits for the process to end by itself, and gives its exit status. */
    public int ended() {
        return await(process.onExit()).exitValue();
    }

    /** What it wrote so far, line by line; all of an invocation's lines are there when its answer is. */
    public List<String> log() {
        try {
            return new ArrayList<>(Files.readAllLines(folder.resolve("log")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Also when the folder is being removed: who waits must hear of the end in any case. */
    private String tail() {
        List<String> lines;
        try {
            lines = log();
        } catch (IllegalStateException e) {
            return "(gone)";
        }
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 50), lines.size()));
    }

    private <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("nothing came for " + PATIENCE + "; the log:\n" + tail(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        await(process.onExit());
        api.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
