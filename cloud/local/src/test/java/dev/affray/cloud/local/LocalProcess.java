package dev.affray.cloud.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.document.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code affray-local} as a person runs it: the packaged program in a process of its own. */
final class LocalProcess implements AutoCloseable {
    private static final Pattern LINK = Pattern.compile("page +(http://127\\.0\\.0\\.1:\\d+/)\\?token=(\\S+)");

    private final Process process;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path data;

    private LocalProcess(Process process, Path data) {
        this.process = process;
        this.data = data;
        collect("out", process.getInputStream(), out);
        collect("err", process.getErrorStream(), err);
    }

    /** Starts it on a data folder, with its page on a free port. */
    static LocalProcess start(Path data, String... arguments) throws IOException {
        return start(0, Map.of(), data, arguments);
    }

    static LocalProcess startOnPort(int port, Path data, String... arguments) throws IOException {
        return start(port, Map.of(), data, arguments);
    }

    /** Starts it with some more environment. */
    static LocalProcess startWith(Map<String, String> environment, Path data, String... arguments) throws IOException {
        return start(0, environment, data, arguments);
    }

    private static LocalProcess start(int port, Map<String, String> environment, Path data, String... arguments)
            throws IOException {
        Path home = Path.of(System.getProperty("affray.local"));
        List<String> command = new ArrayList<>(List.of(
                home.resolve("bin/affray-local").toString(),
                "--data",
                data.toString(),
                "--port",
                Integer.toString(port)));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("AFFRAY_JAVA_HOME", System.getProperty("java.home"));
        // It lives for seconds: the second compiler would cost more than it saves.
        builder.environment().put("AFFRAY_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
        builder.environment().putAll(environment);
        return new LocalProcess(builder.start(), data);
    }

    /** Waits for the end; -1 when it takes too long. */
    int exitWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : -1;
    }

    /** SIGTERM, and the exit status. */
    int stop() throws IOException, InterruptedException {
        // Process.destroy would close its output before we have read it.
        signal("TERM");
        return exitWithin(Duration.ofSeconds(40));
    }

    /** SIGSTOP or SIGCONT and the like. */
    void signal(String name) throws IOException, InterruptedException {
        signal(process.pid(), name);
    }

    static void signal(long pid, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    }

    /** The agent's process. */
    ProcessHandle agent() {
        return process.descendants()
                .filter(p ->
                        p.info().arguments().stream().flatMap(Stream::of).anyMatch("dev.affray.agent.Main"::equals))
                .findFirst()
                .orElseThrow();
    }

    List<String> out() {
        return out;
    }

    List<String> err() {
        return err;
    }

    /** All it said, for a failed assertion. */
    String said() {
        return String.join("\n", out) + "\n--\n" + String.join("\n", err);
    }

    JsonNode status() {
        return json("api/status");
    }

    JsonNode json(String path) {
        return Json.tree(get(path));
    }

    byte[] get(String path) {
        Matcher link = link();
        HttpRequest request = HttpRequest.newBuilder(URI.create(link.group(1) + path))
                .header("Authorization", "Bearer " + link.group(2))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(path + " answered " + response.statusCode());
            }
            return response.body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(path + ": " + e, e);
        }
    }

    /** The stored frames of a camera in the order of their keys, live ones only. */
    List<Path> frames(String camera) throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("frames"))) {
            return files.filter(f -> f.toString().endsWith(".jpg"))
                    .filter(f -> f.toString().contains("/live/" + Edition.THING + "/" + camera + "/"))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException | NoSuchFileException e) {
            // Not there yet, or a file came or went meanwhile: look again later.
            return List.of();
        }
    }

    @Override
    public void close() throws Exception {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        http.close();
    }

    private Matcher link() {
        for (String line : out) {
            Matcher matcher = LINK.matcher(line);
            if (matcher.find()) {
                return matcher;
            }
        }
        throw new IllegalStateException("no link to the page was printed yet");
    }

    private static void collect(String name, InputStream in, List<String> lines) {
        Thread.ofPlatform().daemon().name("collect-" + name).start(() -> {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines.add(line);
                }
            } catch (IOException e) {
                lines.add("(" + name + " ended: " + e.getMessage() + ")");
            }
        });
    }
}
