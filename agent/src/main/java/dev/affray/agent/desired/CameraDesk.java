package dev.affray.agent.desired;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.camera.CameraConfig;
import dev.affray.camera.CameraDocument;
import dev.affray.camera.GatewayConfig;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Edits the desired state of one gateway's cameras. Every document is judged here first, by what the gateway itself judges by, and nothing is sent that it
 * would have to refuse. A change is written only onto the version that was read; where somebody else was faster, it is made anew on theirs.
 */
public final class CameraDesk {
    private static final int ATTEMPTS = 5;

    private final ThingShadows shadows;
    private final Consumer<String> told;
    private final Duration pause;

    /** @param told hears, in a line for people, what else happens */
    public CameraDesk(ThingShadows shadows, Consumer<String> told) {
        this(shadows, told, Duration.ofSeconds(1));
    }

    /** @param pause between two looks at what is reported */
    CameraDesk(ThingShadows shadows, Consumer<String> told, Duration pause) {
        this.shadows = shadows;
        this.told = told;
        this.pause = pause;
    }

    /** Whether anything was sent, and if not, why. */
    public sealed interface Edited {
        /**
         * It was sent.
         *
         * @param changes what is different now
         * @param version of the shadow with them
         * @param desired all that is desired now
         */
        record Sent(List<Change> changes, long version, ObjectNode desired) implements Edited {}

        /** All of it is desired already. */
        record Nothing() implements Edited {}

        /** The document would be wrong; nothing was sent. */
        record Wrong(List<Problem> problems) implements Edited {}
    }

    /** The ids of the cameras that the gateway is to serve. */
    public List<String> ids() throws DesiredException {
        return shadows.get(GatewayConfig.SHADOW_NAME)
                .map(gateway -> gateway.desired()
                        .path("cameras")
                        .valueStream()
                        .map(id -> id.asText())
                        .toList())
                .orElse(List.of());
    }

    /** A camera's document; empty where there is none. */
    public Optional<Held> camera(String id) throws DesiredException {
        return shadows.get(CameraConfig.shadowName(id));
    }

    /** Every camera that the gateway is to serve, with its document if there is one. */
    public Map<String, Optional<Held>> cameras() throws DesiredException {
        Map<String, Optional<Held>> cameras = new LinkedHashMap<>();
        for (String id : ids()) {
            cameras.put(id, camera(id));
        }
        return cameras;
    }

    /**
     * Changes fields of a camera's document.
     *
     * @throws IllegalArgumentException when an edit leads nowhere in this document
     */
    public Edited set(String id, List<Edit> edits) throws DesiredException {
        String shadow = CameraConfig.shadowName(id);
        return settled(() -> {
            Held held = shadows.get(shadow)
                    .filter(found -> !found.desired().isEmpty())
                    .orElseThrow(() -> new DesiredException("camera " + id + " of " + shadows.thing()
                            + " has no document; make one with: cameras add " + id));
            ObjectNode after = held.desired().deepCopy();
            edits.forEach(edit -> edit.applyTo(after));
            return written(shadow, held, after, problems(CameraDocument.read(after)));
        });
    }

    /**
     * Writes a document for a camera that has none.
     *
     * @throws DesiredException also when there is another one
     */
    public Edited make(String id, ObjectNode document) throws DesiredException {
        String shadow = CameraConfig.shadowName(id);
        Optional<Held> held = shadows.get(shadow);
        if (held.isPresent() && !held.get().desired().isEmpty()) {
            if (held.get().desired().equals(document)) {
                return new Edited.Nothing();
            }
            throw new DesiredException("camera " + id + " of " + shadows.thing()
                    + " has a document already; change it with cameras set, or remove it first");
        }
        List<Problem> problems = new ArrayList<>(problems(CameraDocument.read(document)));
        problems.addAll(problems(GatewayConfig.read(listing(List.of(id)))));
        return written(shadow, held.orElse(none()), document, problems);
    }

    /** Lets the gateway serve a camera. */
    public Edited list(String id) throws DesiredException {
        return listed(ids -> !ids.contains(id) && ids.add(id));
    }

    /** Lets the gateway serve it no more. */
    public Edited unlist(String id) throws DesiredException {
        return listed(ids -> ids.remove(id));
    }

    /** Deletes a camera's document; false where there was none. */
    public boolean delete(String id) throws DesiredException {
        return shadows.delete(CameraConfig.shadowName(id));
    }

    /** @param edit whether it changed anything */
    private Edited listed(Predicate<List<String>> edit) throws DesiredException {
        return settled(() -> {
            Held held = shadows.get(GatewayConfig.SHADOW_NAME).orElse(none());
            List<String> ids = new ArrayList<>(held.desired()
                    .path("cameras")
                    .valueStream()
                    .map(id -> id.asText())
                    .toList());
            if (!edit.test(ids)) {
                return new Edited.Nothing();
            }
            ObjectNode after = held.desired().deepCopy().setAll(listing(ids));
            return written(GatewayConfig.SHADOW_NAME, held, after, problems(GatewayConfig.read(after)));
        });
    }

    private static ObjectNode listing(List<String> ids) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode cameras = document.putArray("cameras");
        ids.forEach(cameras::add);
        return document;
    }

    private static Held none() {
        return new Held(0, JsonNodeFactory.instance.objectNode(), Optional.empty());
    }

    private static List<Problem> problems(Reading<?> reading) {
        return reading instanceof Reading.Refused<?>(List<Problem> problems) ? problems : List.of();
    }

    private Edited written(String shadow, Held held, ObjectNode after, List<Problem> problems) throws DesiredException {
        if (!problems.isEmpty()) {
            return new Edited.Wrong(problems);
        }
        List<Change> changes = Change.between(held.desired(), after);
        if (changes.isEmpty()) {
            return new Edited.Nothing();
        }
        OptionalLong version = held.version() == 0 ? OptionalLong.empty() : OptionalLong.of(held.version());
        long now = shadows.update(shadow, Change.patch(held.desired(), after), version);
        return new Edited.Sent(changes, now, after);
    }

    private interface Attempt {
        Edited run() throws DesiredException;
    }

    /** A report of the gateway counts as a change, too, so a conflict need not be a quarrel. */
    private Edited settled(Attempt attempt) throws DesiredException {
        for (int tried = 1; tried < ATTEMPTS; tried++) {
            try {
                return attempt.run();
            } catch (DesiredException e) {
                if (!e.isConflict()) {
                    throw e;
                }
                told.accept(e.getMessage() + "; nothing was written, trying again on its newest version");
            }
        }
        return attempt.run();
    }

    /** What a gateway made of a change within the time that was given. */
    public sealed interface Wait {
        /** What it makes of it. {@code InForce} or {@code Refused}, after so many seconds. */
        record Over(Standing standing, double seconds) implements Wait {}

        /** Somebody changed the document again, or deleted it. */
        record Overtaken() implements Wait {}

        /** It has not said anything. */
        record Silent() implements Wait {}
    }

    /** Waits until the gateway has said what it makes of a camera's document. */
    public Wait waitForCamera(String id, ObjectNode desired, Duration patience)
            throws DesiredException, InterruptedException {
        return wait(CameraConfig.shadowName(id), desired, patience);
    }

    /** Waits until the gateway has said what it makes of its list of cameras. */
    public Wait waitForList(ObjectNode desired, Duration patience) throws DesiredException, InterruptedException {
        return wait(GatewayConfig.SHADOW_NAME, desired, patience);
    }

    /** As JSON values: 2 and 2.0 are the same number, whichever the cloud gives back. */
    private static boolean same(ObjectNode one, ObjectNode other) {
        return one.equals(
                (a, b) -> a.isNumber() && b.isNumber()
                        ? a.decimalValue().compareTo(b.decimalValue())
                        : a.equals(b) ? 0 : 1,
                other);
    }

    private Wait wait(String shadow, ObjectNode desired, Duration patience)
            throws DesiredException, InterruptedException {
        long began = System.nanoTime();
        while (true) {
            Optional<Held> held = shadows.get(shadow);
            double seconds = (System.nanoTime() - began) / 1e9;
            if (held.isEmpty() || !same(held.get().desired(), desired)) {
                return new Wait.Overtaken();
            }
            Standing standing = held.get().standing();
            if (standing instanceof Standing.InForce || standing instanceof Standing.Refused) {
                return new Wait.Over(standing, seconds);
            }
            if (seconds + pause.toMillis() / 1e3 > patience.toMillis() / 1e3) {
                return new Wait.Silent();
            }
            Thread.sleep(pause);
        }
    }
}
