package dev.affray.agent.iot;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.affray.agent.identity.IdentityFolder;
import dev.affray.document.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** {@code shadow-responder.py}: AWS IoT's shadows at a broker, and the hand of whoever administers them. */
public final class ShadowResponder implements AutoCloseable {
    /** Half a surrogate pair can be said in no other way. */
    private static final ObjectWriter COMMANDS = Json.MAPPER.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

    private final Process process;
    private final BufferedWriter commands;
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final BlockingQueue<JsonNode> done = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonNode> ready = new LinkedBlockingQueue<>();

    /** Skips the test where Python has no MQTT client. */
    public ShadowResponder(Mosquitto broker) throws Exception {
        IdentityFolder own = broker.identity("responder");
        process = new ProcessBuilder(
                        python(),
                        Path.of(ShadowResponder.class
                                        .getResource("/shadow-responder.py")
                                        .toURI())
                                .toString(),
                        Integer.toString(broker.port()),
                        broker.authorityFile().toString(),
                        own.certificateFile().toString(),
                        own.keyFile().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        commands = process.outputWriter();
        Thread.ofPlatform().daemon().name("responder").start(this::read);
        awaitReady();
    }

    private static String python() throws InterruptedException {
        for (String candidate : List.of("python3", "/usr/bin/python3")) {
            try {
                if (new ProcessBuilder(candidate, "-c", "import paho.mqtt.client")
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor()
                        == 0) {
                    return candidate;
                }
            } catch (IOException e) {
                // There is no such Python; the next one may be there.
            }
        }
        assumeTrue(false, "Python with an MQTT client (Debian: apt-get install python3-paho-mqtt) is not installed");
        throw new IllegalStateException();
    }

    private void read() {
        try (BufferedReader output = process.inputReader()) {
            String line = output.readLine();
            while (line != null) {
                JsonNode event = Json.tree(line);
                switch (event.path("event").asText()) {
                    case "done" -> done.add(event);
                    case "ready" -> ready.add(event);
                    default -> events.add(event);
                }
                line = output.readLine();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it is connected and subscribed, at the start or after the broker's. */
    public void awaitReady() throws InterruptedException {
        if (ready.poll(20, TimeUnit.SECONDS) == null) {
            throw new IllegalStateException("the responder did not connect");
        }
    }

    private synchronized JsonNode command(Map<String, ?> command) {
        try {
            commands.write(COMMANDS.writeValueAsString(command));
            commands.newLine();
            commands.flush();
            JsonNode answer = done.poll(20, TimeUnit.SECONDS);
            if (answer == null) {
                throw new IllegalStateException("the responder does not answer");
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Makes this the whole of what is desired; the version it got. */
    public long put(String thing, String shadow, JsonNode desired) {
        JsonNode answer = command(Map.of("do", "put", "thing", thing, "shadow", shadow, "desired", desired));
        if (answer.has("refused")) {
            throw new IllegalArgumentException("refused by the service: " + answer);
        }
        return answer.path("version").asLong();
    }

    public void delete(String thing, String shadow) {
        command(Map.of("do", "delete", "thing", thing, "shadow", shadow));
    }

    /** Removes what a gateway reported. */
    public void wipe(String thing, String shadow) {
        command(Map.of("do", "wipe", "thing", thing, "shadow", shadow));
    }

    /** The state of a shadow; a null node where there is none. */
    public JsonNode state(String thing, String shadow) {
        return command(Map.of("do", "get", "thing", thing, "shadow", shadow)).path("state");
    }

    /** Refuses the next requests of a kind. */
    public void refuse(String thing, String shadow, String verb, int code, int times) {
        command(Map.of("do", "refuse", "thing", thing, "shadow", shadow, "verb", verb, "code", code, "times", times));
    }

    /** Sends anything to anybody. */
    public void publish(String topic, String payload, boolean retain) {
        command(Map.of("do", "publish", "topic", topic, "payload", payload, "retain", retain));
    }

    /** What happened so far: {@code reported}, {@code rejected}, {@code got}, {@code message}. */
    public Stream<JsonNode> events(String kind) {
        return events.stream().filter(event -> event.path("event").asText().equals(kind));
    }

    /** What a gateway reported on a shadow, in order. */
    public List<JsonNode> reports(String thing, String shadow) {
        return events("reported").filter(of(thing, shadow)).toList();
    }

    /** The codes that a gateway's requests about a shadow were refused with, in order. */
    public List<Integer> rejections(String thing, String shadow) {
        return events("rejected")
                .filter(of(thing, shadow))
                .map(event -> event.path("code").asInt())
                .toList();
    }

    private static Predicate<JsonNode> of(String thing, String shadow) {
        return event -> event.path("thing").asText().equals(thing)
                && event.path("shadow").asText().equals(shadow);
    }

    /** What was published to a topic of the gateways' own, in order. */
    public List<JsonNode> messages(String topic) {
        return events("message")
                .filter(event -> event.path("topic").asText().equals(topic))
                .map(event -> Json.tree(event.path("payload").asText()))
                .toList();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
