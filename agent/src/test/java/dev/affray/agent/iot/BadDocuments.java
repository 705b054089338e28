package dev.affray.agent.iot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.document.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Good camera documents with one thing spoilt, the same ones for the same seed. */
final class BadDocuments {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String EXAMPLES = "/dev/affray/config/examples/good/camera/";
    private static final List<String> NAMES = List.of(
            "full",
            "minimal",
            "school",
            "mjpeg-over-http",
            "slow-sampling",
            "armed-by-hand",
            "widest-bounds",
            "video-device");
    private static final List<String> UNKNOWN = List.of(
            "colour",
            "Name",
            "samplings",
            "__proto__",
            "$ref",
            "a.b",
            "x']",
            "",
            " ",
            "\u00fcber",
            "\ud83d\udcf7",
            "\u0000",
            "name\n",
            "constructor",
            "x".repeat(300));
    private static final List<String> SCRIPTS = List.of(
            "<script>alert(1)</script>",
            "javascript:alert(1)",
            "${jndi:ldap://x/y}",
            "'; DROP TABLE cameras; --",
            "file:///etc/passwd",
            "../../etc/passwd",
            "concat:a|b",
            "$(reboot)");

    /**
     * A spoilt document.
     *
     * @param what was done to it
     * @param place that it was done to: a path that a problem must lie at, above or below; empty where several are right
     */
    record Bad(String what, String place, JsonNode document) {
        @Override
        public String toString() {
            return what + " at " + place + ": " + (document.toString().length() > 500 ? "long" : document);
        }
    }

    /** A value of a document, and how to put another in its stead. */
    private record Spot(String path, JsonNode value, UnaryOperator<JsonNode> setter) {}

    private interface Spoiler {
        Bad spoil(ObjectNode good, Random random);
    }

    private BadDocuments() {}

    static List<ObjectNode> good() {
        return NAMES.stream().map(BadDocuments::example).toList();
    }

    /** Without the secret, which a gateway need not have. */
    private static ObjectNode example(String name) {
        try (InputStream in = BadDocuments.class.getResourceAsStream(EXAMPLES + name + ".json")) {
            ObjectNode document =
                    (ObjectNode) Json.tree(Objects.requireNonNull(in, name).readAllBytes());
            ((ObjectNode) document.path("source")).remove("secret");
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Bad> generate(int count, long seed) {
        Random random = new Random(seed);
        List<ObjectNode> good = good();
        List<Spoiler> spoilers = List.of(
                BadDocuments::wrongType,
                BadDocuments::outOfBounds,
                BadDocuments::unknownField,
                BadDocuments::missing,
                BadDocuments::tooDeep,
                BadDocuments::tooLong,
                BadDocuments::script,
                BadDocuments::contradiction,
                BadDocuments::numberAsText,
                BadDocuments::unshowable);
        List<Bad> bad = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ObjectNode document = pick(good, random).deepCopy();
            bad.add(spoilers.get(i % spoilers.size()).spoil(document, random));
        }
        return bad;
    }

    private static <T> T pick(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    private static List<Spot> spots(JsonNode node, String path) {
        List<Spot> spots = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                String inner = path + "." + field.getKey();
                spots.add(new Spot(inner, field.getValue(), value -> object.replace(field.getKey(), value)));
                spots.addAll(spots(field.getValue(), inner));
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int at = i;
                String inner = path + "[" + i + "]";
                spots.add(new Spot(inner, array.get(i), value -> array.set(at, value)));
                spots.addAll(spots(array.get(i), inner));
            }
        }
        return spots;
    }

    private static Spot spot(ObjectNode document, Random random, Predicate<JsonNode> which) {
        return pick(
                spots(document, "$").stream()
                        .filter(spot -> which.test(spot.value()))
                        .toList(),
                random);
    }

    private static Bad with(String what, ObjectNode document, Spot spot, JsonNode value) {
        spot.setter().apply(value);
        return new Bad(what, spot.path(), document);
    }

    private static Bad wrongType(ObjectNode document, Random random) {
        Spot spot = spot(document, random, _ -> true);
        List<JsonNode> others = Stream.<JsonNode>of(
                        NODES.numberNode(7),
                        NODES.textNode("seven"),
                        NODES.booleanNode(true),
                        NODES.arrayNode().add(true),
                        NODES.objectNode().put("seven", 7))
                .filter(other -> other.getNodeType() != spot.value().getNodeType())
                .toList();
        return with("a wrong type", document, spot, pick(others, random));
    }

    private static Bad outOfBounds(ObjectNode document, Random random) {
        List<JsonNode> values = List.<JsonNode>of(
                NODES.numberNode(-1),
                NODES.numberNode(1_000_000),
                NODES.numberNode(-0.0001),
                NODES.numberNode(1e300),
                NODES.numberNode(Double.POSITIVE_INFINITY),
                NODES.numberNode(BigInteger.TEN.pow(400)),
                NODES.numberNode(Long.MIN_VALUE));
        if (spots(document, "$").stream().noneMatch(spot -> spot.value().isNumber())) {
            document.putObject("sampling").put("fps", 2);
        }
        return with(
                "a number out of bounds", document, spot(document, random, JsonNode::isNumber), pick(values, random));
    }

    private static Bad unknownField(ObjectNode document, Random random) {
        List<Spot> objects = new ArrayList<>(spots(document, "$").stream()
                .filter(spot -> spot.value().isObject())
                .toList());
        objects.add(new Spot("$", document, value -> value));
        Spot spot = pick(objects, random);
        ((ObjectNode) spot.value()).put(pick(UNKNOWN, random), 1);
        return new Bad("an unknown field", spot.path(), document);
    }

    private static Bad missing(ObjectNode document, Random random) {
        String field = pick(List.of("name", "site", "site.name", "site.zone", "source", "source.url"), random);
        ObjectNode holder = document;
        String last = field;
        if (field.contains(".")) {
            holder = (ObjectNode) document.path(field.substring(0, field.indexOf('.')));
            last = field.substring(field.indexOf('.') + 1);
        }
        if (random.nextBoolean()) {
            holder.remove(last);
        } else {
            holder.putNull(last);
        }
        return new Bad("a missing field", "$." + field, document);
    }

    private static Bad tooDeep(ObjectNode document, Random random) {
        JsonNode deep = NODES.textNode("deep");
        int levels = random.nextBoolean() ? 4 : 900;
        for (int i = 0; i < levels; i++) {
            deep = i % 2 == 0
                    ? NODES.objectNode().set("x", deep)
                    : NODES.arrayNode().add(deep);
        }
        return with("too deep", document, spot(document, random, _ -> true), deep);
    }

    private static Bad tooLong(ObjectNode document, Random random) {
        if (random.nextBoolean()) {
            JsonNode text = NODES.textNode("x".repeat(random.nextInt(1_100, 5_000)));
            return with("too long a text", document, spot(document, random, JsonNode::isTextual), text);
        }
        ArrayNode zones = document.putArray("zones");
        for (int i = 0; i < 17 + random.nextInt(20); i++) {
            zones.add(Json.tree("[[0,0],[1,0],[1,1]]"));
        }
        return new Bad("too many items", "$.zones", document);
    }

    private static Bad script(ObjectNode document, Random random) {
        Spot spot = pick(
                spots(document, "$").stream()
                        .filter(place -> !place.path().endsWith("name"))
                        .toList(),
                random);
        return with("a script", document, spot, NODES.textNode(pick(SCRIPTS, random)));
    }

    private static Bad contradiction(ObjectNode document, Random random) {
        String[] texts = {
            "{\"sampling\":{\"fps\":8,\"activeFps\":2}}",
            "{\"alert\":{\"maxLagSeconds\":90,\"closeAfterSeconds\":60}}",
            "{\"alert\":{\"withinSeconds\":600,\"closeAfterSeconds\":60,\"maxLagSeconds\":1}}",
            "{\"alert\":{\"positives\":50,\"slotMillis\":500,\"withinSeconds\":2}}",
            "{\"sampling\":{\"fps\":0.05,\"activeFps\":0.05},\"alert\":{\"positives\":20,\"slotMillis\":50,\"withinSeconds\":5,\"closeAfterSeconds\":60,\"maxLagSeconds\":30}}",
            "{\"arming\":{\"weekly\":[{\"days\":[\"mon\"],\"from\":\"08:00\",\"to\":\"08:00\"}]}}",
            "{\"arming\":{\"exceptions\":[{\"date\":\"2026-12-26\",\"through\":\"2026-12-24\",\"armed\":\"never\"}]}}",
            "{\"arming\":{\"override\":{\"armed\":\"never\",\"from\":\"2026-12-02T00:00Z\",\"until\":\"2026-12-01T00:00Z\"}}}",
            "{\"source\":{\"url\":\"rtsps://camera/1\",\"transport\":\"udp\"}}",
            "{\"source\":{\"url\":\"rtsp://viewer:secret@camera/1\"}}"
        };
        ObjectNode patch = (ObjectNode) Json.tree(texts[random.nextInt(texts.length)]);
        document.setAll(patch);
        return new Bad("a contradiction", "", document);
    }

    private static Bad numberAsText(ObjectNode document, Random random) {
        if (spots(document, "$").stream().noneMatch(spot -> spot.value().isNumber())) {
            document.putObject("image").put("maxWidth", 640);
        }
        Spot spot = spot(document, random, JsonNode::isNumber);
        return with(
                "a number as a text",
                document,
                spot,
                NODES.textNode(spot.value().asText()));
    }

    private static Bad unshowable(ObjectNode document, Random random) {
        String text = pick(List.of("\u0000", "Yard\r\nBcc: x", "Yard\t1", "\ud800", "Yard \udc00", "\u0085x"), random);
        return with("an unshowable text", document, spot(document, random, JsonNode::isTextual), NODES.textNode(text));
    }
}
