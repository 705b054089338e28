package dev.affray.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.camera.GatewayConfig;
import dev.affray.document.Fields;
import dev.affray.document.Reading;
import dev.affray.frame.CameraId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that somebody asks of a camera, on {@code affray/{thing}/commands}. The same id sent again is the same command.
 *
 * @param id of the sender's choice, unique; it names the object that comes of it
 * @param command what to do
 * @param camera whose camera it is
 * @param by who asks, as the sender says; for the audit
 * @param sentAt when, by the sender's clock
 * @param expiresAt from when on it is not to be begun
 * @param clip which video; for a clip alone
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Command(
        String id,
        CommandKind command,
        String camera,
        String by,
        Instant sentAt,
        Instant expiresAt,
        @Nullable ClipSpan clip) {
    /** How long a command is good that does not say so. */
    public static final Duration USUAL_LIFE = Duration.ofSeconds(60);

    /** How long a command may be good. */
    public static final Duration LONGEST_LIFE = Duration.ofMinutes(10);

    private static final int LONGEST_BY = 128;

    /** The topic of a gateway's commands. */
    public static String topic(String thing) {
        return "affray/" + thing + "/commands";
    }

    /** Reads a command as it was sent: whole or not at all. */
    public static Reading<Command> read(JsonNode document) {
        return Fields.read(document, fields -> {
            String id = name(fields, "id", 64);
            CommandKind command = fields.choice("command", CommandKind.class, CommandKind.SNAPSHOT);
            if (!fields.has("command")) {
                fields.problem("command", "is missing; snapshot, clip or restart");
            }
            String camera = name(fields, "camera", GatewayConfig.MAX_CAMERA_ID);
            String by = fields.text("by", LONGEST_BY);
            Instant sentAt = fields.instant("sentAt").orElse(Instant.EPOCH);
            Optional<Instant> expiry = fields.optionalInstant("expiresAt");
            Instant expiresAt = expiry.orElse(sentAt.plus(USUAL_LIFE));
            if (fields.has("sentAt") && expiry.isPresent() && !isSoon(sentAt, expiresAt)) {
                fields.problem(
                        "expiresAt",
                        "is " + expiresAt + "; must be after sentAt, by " + LONGEST_LIFE.toMinutes()
                                + " minutes at most");
            }
            return new Command(id, command, camera, by, sentAt, expiresAt, clip(fields, command));
        });
    }

    /** The id that a document has, whatever else is wrong with it. */
    public static Optional<String> idOf(JsonNode document) {
        return nameOf(document, "id");
    }

    /** The camera that a document names, whatever else is wrong with it. */
    public static Optional<String> cameraOf(JsonNode document) {
        return nameOf(document, "camera").filter(camera -> camera.length() <= GatewayConfig.MAX_CAMERA_ID);
    }

    private static Optional<String> nameOf(JsonNode document, String field) {
        JsonNode node = document.path(field);
        return Optional.of(node.asText()).filter(text -> node.isTextual() && CameraId.isName(text));
    }

    private static boolean isSoon(Instant sentAt, Instant expiresAt) {
        return expiresAt.isAfter(sentAt) && !expiresAt.isAfter(sentAt.plus(LONGEST_LIFE));
    }

    private static String name(Fields fields, String field, int longest) {
        String text = fields.text(field, longest);
        if (!text.isEmpty() && text.length() <= longest && !CameraId.isName(text)) {
            fields.problem(field, "is not " + CameraId.NAME_RULE);
        }
        return text;
    }

    private static @Nullable ClipSpan clip(Fields fields, CommandKind command) {
        if (command == CommandKind.CLIP) {
            return fields.object("clip", ClipSpan::read).orElse(null);
        }
        if (fields.has("clip")) {
            fields.problem("clip", "belongs to the command clip; leave it out");
        }
        return null;
    }
}
