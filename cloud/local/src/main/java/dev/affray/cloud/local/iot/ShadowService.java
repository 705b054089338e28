package dev.affray.cloud.local.iot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.cloud.local.iot.ShadowAnswer.Deleted;
import dev.affray.cloud.local.iot.ShadowAnswer.Found;
import dev.affray.cloud.local.iot.ShadowAnswer.Rejected;
import dev.affray.cloud.local.iot.ShadowAnswer.Updated;
import dev.affray.cloud.local.iot.ShadowTopic.Verb;
import dev.affray.document.Json;
import dev.affray.frame.CameraId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AWS IoT's named shadows. Gateways reach them through the broker, this process through the methods below; either way the same messages are published
 * and the change is on disk before anybody hears of it. Thread-safe; requests are answered one after another.
 */
public final class ShadowService {
    private static final Logger log = LoggerFactory.getLogger(ShadowService.class);
    /** A gateway could otherwise fill the disk with names. */
    private static final int MOST_NAMES_PER_THING = 1000;

    /** Where messages go. Both methods return at once. */
    interface Outlet {
        void publish(String topic, byte[] payload);

        void documents(String thing, String name, byte[] documents);
    }

    private final Clock clock;
    private final ShadowStore store;
    private @Nullable Outlet outlet;

    private ShadowService(ShadowStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Opens the shadows kept in a folder, or starts without any where it is missing. A damaged file is renamed and logged.
     *
     * @throws IOException when the folder cannot be read or written
     */
    public static ShadowService open(Path folder) throws IOException {
        return open(folder, Clock.systemUTC());
    }

    static ShadowService open(Path folder, Clock clock) throws IOException {
        return new ShadowService(ShadowStore.open(folder, clock.instant()), clock);
    }

    /** The shadow of that name, if there is one. */
    public synchronized Optional<Shadow> get(String thing, String name) {
        requireNames(thing, name);
        return Optional.ofNullable(store.get(thing, name));
    }

    /** The names of a thing's shadows, in order. */
    public synchronized List<String> names(String thing) {
        requireNames(thing, "any");
        return store.names(thing);
    }

    /**
     * Makes {@code desired} the whole of what is desired: fields it lacks are removed. Gateways and rules hear of it as of any other update.
     *
     * @throws IllegalArgumentException when AWS IoT would refuse it: no object, too large, too deep, or a bad name
     * @throws UncheckedIOException when it could not be written; then nothing has changed
     */
    public synchronized Shadow update(String thing, String name, JsonNode desired) {
        requireNames(thing, name);
        if (!(desired instanceof ObjectNode wanted)) {
            throw new IllegalArgumentException("the desired state of shadow '" + name + "' is not an object");
        }
        Shadow held = store.get(thing, name);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        Section before = held == null ? Section.empty() : held.desiredSection();
        body.putObject("state").set("desired", before.patchTo(wanted));
        ShadowRequest request = ShadowRequest.of(body);
        ShadowTopic topic = new ShadowTopic(thing, name, Verb.UPDATE);
        return switch (perform(topic, request)) {
            case Updated updated -> updated.after();
            case Rejected rejected -> throw refused(topic, rejected);
            case Found _, Deleted _ -> throw new IllegalStateException("an update was not answered as one");
        };
    }

    /**
     * Deletes a shadow; false when there was none.
     *
     * @throws UncheckedIOException when that could not be written; then nothing has changed
     */
    public synchronized boolean delete(String thing, String name) {
        requireNames(thing, name);
        ShadowTopic topic = new ShadowTopic(thing, name, Verb.DELETE);
        return perform(topic, ShadowRequest.of(JsonNodeFactory.instance.objectNode())) instanceof Deleted;
    }

    synchronized void attach(Outlet outlet) {
        this.outlet = outlet;
    }

    synchronized void detach() {
        this.outlet = null;
    }

    /** Answers a request that came by MQTT; every outcome is a message. */
    synchronized void answer(ShadowTopic topic, byte[] payload) {
        Optional<ShadowRequest> request = ShadowRequest.parse(payload);
        if (request.isEmpty()) {
            send(topic.path("rejected"), new Rejected(400, "Invalid JSON").document(), null);
            return;
        }
        try {
            perform(topic, request.get());
        } catch (UncheckedIOException e) {
            log.error("Shadow '{}' of {} could not be written: {}", topic.name(), topic.thing(), e.toString());
            ObjectNode failure = new Rejected(500, "Internal service failure").document();
            send(topic.path("rejected"), failure, request.get().clientToken());
        }
    }

    /** Answers a request that came by HTTP: an update or deletion is told to gateways and rules as any other, a get to nobody. */
    synchronized ShadowAnswer answerHere(ShadowTopic topic, byte[] payload) {
        Optional<ShadowRequest> request = ShadowRequest.parse(payload);
        if (request.isEmpty()) {
            return new Rejected(400, "Invalid JSON");
        }
        return topic.verb() == Verb.GET ? decide(topic, request.get(), clock.instant()) : perform(topic, request.get());
    }

    private ShadowAnswer perform(ShadowTopic topic, ShadowRequest request) {
        Instant now = clock.instant();
        ShadowAnswer answer = decide(topic, request, now);
        try {
            keep(topic, answer, now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tell(topic, request.clientToken(), answer);
        return answer;
    }

    private ShadowAnswer decide(ShadowTopic topic, ShadowRequest request, Instant now) {
        Shadow held = store.get(topic.thing(), topic.name());
        return switch (topic.verb()) {
            case GET -> ShadowLogic.get(topic.name(), held, request);
            case DELETE -> ShadowLogic.delete(topic.name(), held, request);
            case UPDATE ->
                held == null && isFull(topic.thing(), now)
                        ? new Rejected(400, "A thing has at most " + MOST_NAMES_PER_THING + " shadows here")
                        : ShadowLogic.update(held, store.version(topic.thing(), topic.name(), now), request, now);
        };
    }

    private boolean isFull(String thing, Instant now) {
        try {
            store.forget(thing, now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return store.size(thing) >= MOST_NAMES_PER_THING;
    }

    private void keep(ShadowTopic topic, ShadowAnswer answer, Instant now) throws IOException {
        switch (answer) {
            case Updated updated -> store.put(topic.thing(), topic.name(), updated.after());
            case Deleted _ -> store.delete(topic.thing(), topic.name(), now);
            case Found _, Rejected _ -> {}
        }
    }

    private void tell(ShadowTopic topic, @Nullable String clientToken, ShadowAnswer answer) {
        switch (answer) {
            case Found found -> send(topic.path("accepted"), found.accepted(), clientToken);
            case Deleted deleted -> send(topic.path("accepted"), deleted.accepted(), clientToken);
            case Rejected rejected -> send(topic.path("rejected"), rejected.document(), clientToken);
            case Updated updated -> {
                send(topic.path("accepted"), updated.accepted(), clientToken);
                updated.delta().ifPresent(delta -> send(topic.path("delta"), delta, clientToken));
                byte[] documents = send(topic.path("documents"), updated.documents(), clientToken);
                if (outlet != null) {
                    outlet.documents(topic.thing(), topic.name(), documents);
                }
            }
        }
    }

    private byte[] send(String topic, ObjectNode document, @Nullable String clientToken) {
        document.put("timestamp", clock.instant().getEpochSecond());
        if (clientToken != null) {
            document.put("clientToken", clientToken);
        }
        byte[] payload = Json.write(document).getBytes(StandardCharsets.UTF_8);
        if (outlet != null) {
            outlet.publish(topic, payload);
        }
        return payload;
    }

    private static IllegalArgumentException refused(ShadowTopic topic, Rejected rejected) {
        return new IllegalArgumentException("shadow '" + topic.name() + "' of " + topic.thing() + " is refused: "
                + rejected.message() + " (" + rejected.code() + ")");
    }

    private static void requireNames(String thing, String name) {
        if (!CameraId.isName(thing)) {
            throw new IllegalArgumentException("thing '" + thing + "' is not " + CameraId.NAME_RULE);
        }
        if (!ShadowTopic.isShadowName(name)) {
            throw new IllegalArgumentException("shadow name '" + name + "' is not " + ShadowTopic.NAME_RULE);
        }
    }
}
