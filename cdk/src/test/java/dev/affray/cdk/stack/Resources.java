package dev.affray.cdk.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The template, made readable: what CloudFormation fills in later is a text such as {@code <FramesBucket.Arn>}, without the hash of the logical id. */
record Resources(JsonNode template) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** One resource; {@code id} is without its hash. */
    record Resource(String id, JsonNode json) {
        String type() {
            return json.path("Type").asText();
        }

        JsonNode at(String pointer) {
            return json.at("/Properties" + pointer);
        }

        String text(String pointer) {
            return at(pointer).asText();
        }

        List<String> texts(String pointer) {
            return Resources.texts(at(pointer));
        }
    }

    Resources {
        template = readable(template);
    }

    List<Resource> all() {
        List<Resource> all = new ArrayList<>();
        template.path("Resources")
                .properties()
                .forEach(entry -> all.add(new Resource(plain(entry.getKey()), entry.getValue())));
        return all;
    }

    List<Resource> of(String type) {
        List<Resource> found =
                all().stream().filter(resource -> resource.type().equals(type)).toList();
        assertThat(found).as(type).isNotEmpty();
        return found;
    }

    /** The one resource of this type whose id begins so. */
    Resource one(String type, String idPrefix) {
        List<Resource> found = of(type).stream()
                .filter(resource -> resource.id().startsWith(idPrefix))
                .toList();
        assertThat(found).as("%s %s...", type, idPrefix).hasSize(1);
        return found.getFirst();
    }

    /** The one resource that a text such as {@code <FramesBucket.Arn>}, {@code <FramesBucket>} or {@code <InferenceLive>:live} points at. */
    Resource behind(String reference) {
        String id = reference.replaceAll("^<|(\\.[A-Za-z]+)?>(:live)?$", "");
        return all().stream()
                .filter(resource -> resource.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing behind " + reference));
    }

    /** A text alone counts as one. */
    static List<String> texts(JsonNode node) {
        if (node.isMissingNode()) {
            return List.of();
        }
        return node.isArray() ? node.valueStream().map(JsonNode::asText).toList() : List.of(node.asText());
    }

    private static JsonNode readable(JsonNode node) {
        if (node.has("Ref")) {
            return text("<" + plain(node.path("Ref").asText()) + ">");
        }
        if (node.has("Fn::GetAtt")) {
            return text("<" + plain(node.at("/Fn::GetAtt/0").asText()) + "."
                    + node.at("/Fn::GetAtt/1").asText() + ">");
        }
        if (node.has("Fn::Select")) {
            // The CDK takes a function's name out of the ARN of its alias.
            return readable(node.at("/Fn::Select/1/Fn::Split/1"));
        }
        if (node.has("Fn::Join")) {
            return text(node.at("/Fn::Join/1")
                    .valueStream()
                    .map(part -> readable(part).asText())
                    .collect(Collectors.joining(node.at("/Fn::Join/0").asText())));
        }
        if (node.isObject()) {
            ObjectNode object = NODES.objectNode();
            node.properties().forEach(field -> object.set(field.getKey(), readable(field.getValue())));
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = NODES.arrayNode();
            node.forEach(item -> array.add(readable(item)));
            return array;
        }
        return node;
    }

    private static TextNode text(String text) {
        return NODES.textNode(text);
    }

    /** A version's id carries the hash of its code as well. */
    private static String plain(String id) {
        return id.replaceAll("[0-9A-F]{8}([0-9a-f]{32})?$", "");
    }
}
