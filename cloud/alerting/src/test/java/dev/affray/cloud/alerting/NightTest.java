package dev.affray.cloud.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.cloud.state.Action;
import dev.affray.incident.Severity;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The nights that {@code docs/a-night.md} tells of, and the very messages in it. With {@code -Daffray.docs=write} the file is written anew. */
class NightTest {
    private static final Path DOCUMENT = Path.of("docs/a-night.md");
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.of("Europe/Berlin"));

    @TempDir
    private Path folder;

    private final StringBuilder told = new StringBuilder();

    @Test
    void theDocumentShowsWhatPeopleGet() throws Exception {
        told.append("""
                # Three nights

                The messages that people get, word for word as SMS; mails say the same at more length, with pictures. `NightTest` plays these nights and holds this page to them. A camera is
                called after its place, the school's clock is that of Berlin, and the second group is told after five minutes.

                ## Nobody is there

                A fight on the front door. It becomes severe; nobody touches the link; the second group is told, and the head of security takes charge. Then a guard calls it a false alarm.

                """);
        play("escalation", Scene.escalating(), scene -> {
            String door = scene.fight("Front door");
            scene.seconds(4);
            scene.fight("Front door", Severity.HIGH);
            scene.minutes(6);
            scene.act(door, Action.ACKNOWLEDGE);
            scene.seconds(90);
            scene.act(door, Action.FALSE_ALARM);
        });
        told.append("""

                ## A fight that moves

                Hall and stairs are neighbours (`group`), the yard is none. The fight goes from the hall to the stairs: one alarm, and an update of it. Who takes charge of the update takes charge of the fight, so
                that only the yard escalates. A passer-by keeps setting off the yard, so a guard mutes it.

                """);
        play("neighbours", Scene.escalating(), scene -> {
            scene.document("Hall", ",\"group\":\"ground floor\"");
            scene.document("Stairs", ",\"group\":\"ground floor\"");
            scene.document("Yard", "");
            scene.fight("Hall");
            scene.seconds(25);
            String stairs = scene.fight("Stairs");
            scene.seconds(5);
            String yard = scene.fight("Yard");
            scene.seconds(30);
            scene.act(stairs, Action.ACKNOWLEDGE);
            scene.minutes(6);
            scene.act(yard, Action.MUTE);
            scene.seconds(120);
            scene.fight("Yard");
            scene.minutes(20);
        });
        told.append("""

                ## A carnival in the yard

                Three cameras see people dance and fight, again and again. The policy here has room for three messages about a camera and six altogether in ten minutes (the shipped one has ten
                and forty). What is beyond is held back for a digest, which in a mail names each with its time and link.

                """);
        play("digest", new Policy(Optional.empty(), 3, 6, 5), scene -> {
            for (int minute = 0; minute < 8; minute++) {
                for (String camera : List.of("Gate", "Stage", "Yard")) {
                    scene.fight(camera);
                    scene.seconds(2);
                }
                scene.minutes(1);
                scene.seconds(9);
            }
            scene.minutes(4);
        });
        if ("write".equals(System.getProperty("affray.docs"))) {
            Files.writeString(DOCUMENT, told);
        }
        assertThat(DOCUMENT).hasContent(told.toString());
    }

    private interface Night {
        void play(Scene scene);
    }

    private void play(String name, Policy policy, Night night) {
        List<String> lines = new CopyOnWriteArrayList<>();
        try (Scene scene = new Scene(State.sqlite(folder.resolve(name)), policy)) {
            scene.guards.listener = message -> lines.add(line(scene, "guards", message));
            scene.second.listener = message -> lines.add(line(scene, "second", message));
            for (String camera : List.of("Front door", "Hall", "Stairs", "Gate", "Stage", "Yard")) {
                scene.document(camera, "");
            }
            night.play(scene);
        }
        told.append("```\n");
        // All channels are tried at once, in no order.
        lines.stream()
                .sorted(Comparator.comparing(line -> line.substring(0, 16)))
                .forEach(line -> told.append(line).append("\n"));
        told.append("```\n");
    }

    private static String line(Scene scene, String who, Message message) {
        return CLOCK.format(scene.clock.instant()) + "  " + who + "  " + SmsText.of(linked(message));
    }

    private static Message linked(Message message) {
        return switch (message) {
            case Alert alert -> linked(alert);
            case Digest digest ->
                new Digest(digest.alerts().stream().map(NightTest::linked).toList());
        };
    }

    private static Alert linked(Alert alert) {
        URI page = URI.create("https://affray.example.org/i/" + alert.incident().id() + "2mnb7qXw...");
        return new Alert(
                alert.step(),
                alert.incident(),
                alert.cameraName(),
                alert.site(),
                alert.late(),
                alert.awaited(),
                alert.lead(),
                alert.mute(),
                Optional.of(page));
    }
}
