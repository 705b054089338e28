package dev.affray.agent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.agent.desired.CameraDesk;
import dev.affray.agent.desired.CameraDesk.Edited;
import dev.affray.agent.desired.Edit;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A new camera: its document first, then its place in the gateway's list. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Writes a document for a new camera, then lets the gateway serve it, and waits for what the gateway makes of it. Can be repeated after a failure half-way.",
            "Never put a login into the URL: write it into the secrets file on the gateway, and name it with --secret."
        },
        footer = {
            "",
            "Exit codes: 0 in force, 1 failed or refused by the gateway, 2 wrong and nothing was sent, 3 sent, but not reported in time.",
            "",
            "For example:",
            "  affray-agent cameras add yard --name \"Back yard\" --url rtsp://10.0.0.5/stream1 --secret yard --site \"Lincoln School\" --zone Europe/Berlin --thing gateway-1"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CamerasAddCommand extends CameraEditing {
    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "PATH=VALUE",
            description = "further fields of its document, as in cameras set")
    private List<String> edits = List.of();

    @Option(names = "--name", required = true, paramLabel = "TEXT", description = "as people call it")
    private String name;

    @Option(names = "--url", required = true, paramLabel = "URL", description = "its video, without a login")
    private String url;

    @Option(
            names = "--secret",
            paramLabel = "NAME",
            description = "its login, by the name in the gateway's secrets file")
    private @Nullable String secret;

    @Option(names = "--site", required = true, paramLabel = "TEXT", description = "the place it belongs to")
    private String site;

    @Option(names = "--zone", required = true, paramLabel = "ZONE", description = "that place's, such as Europe/Berlin")
    private String zone;

    private ObjectNode document = JsonNodeFactory.instance.objectNode();

    @Override
    void check() {
        document = document();
    }

    @Override
    int edit(CameraDesk desk, String thing, Told told, Duration patience) throws IOException, InterruptedException {
        Edited made = desk.make(camera, document);
        int code = told.edited("camera " + camera, made, Duration.ZERO, (_, _) -> new CameraDesk.Wait.Silent());
        Edited listed;
        try {
            listed = desk.list(camera);
        } catch (IOException e) {
            told.aside("camera " + camera
                    + " has its document, but the gateway is not to serve it yet; run the same command again");
            throw e;
        }
        code = Math.max(
                code, told.edited(thing, listed, patience, (_, time) -> desk.waitForCamera(camera, document, time)));
        if (cloud.isLocal()) {
            told.aside(
                    "The local edition serves the cameras of its command line: to keep this one, start it with --camera "
                            + camera + "=URL from now on.");
        }
        return code;
    }

    private ObjectNode document() {
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        made.put("name", name);
        made.putObject("site").put("name", site).put("zone", zone);
        ObjectNode source = made.putObject("source").put("url", url);
        if (secret != null) {
            source.put("secret", "secret:" + secret);
        }
        try {
            for (Edit edit : CamerasSetCommand.parsed(this, edits)) {
                edit.applyTo(made);
            }
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
        return made;
    }
}
