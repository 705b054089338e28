package dev.affray.cloud.alerting.promises;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.camera.AlertRule;
import dev.affray.cloud.state.Counted;
import dev.affray.cloud.state.dynamodb.Dynalite;
import dev.affray.cloud.state.dynamodb.Tables;
import dev.affray.cloud.state.sqlite.ChangeTable;
import dev.affray.cloud.state.sqlite.Database;
import dev.affray.frame.CameraId;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A million deliveries, or as many as {@code affray.deliveries} says: half of them in any order, half displaced by a little, every frame twice, by eight
 * workers at once. A fiftieth of that for DynamoDB. Run by {@code -Pdeliveries}.
 */
@Tag("deliveries")
class DeliveriesTest {
    private static final int DELIVERIES = Integer.getInteger("affray.deliveries", 1_000_000);
    private static final int CAMERAS = 100;
    private static final int WORKERS = 8;

    @TempDir
    private Path folder;

    @Test
    void inTheLocalEdition_incidentsAndAnnouncementsDependOnWhatWasSeenAlone() throws Exception {
        try (Database one = Database.open(folder.resolve("one.db"));
                Database two = Database.open(folder.resolve("two.db"));
                Database three = Database.open(folder.resolve("three.db"))) {
            new Comparison("sqlite", DELIVERIES, CAMERAS, new Counted()).run(sqlite(one), sqlite(two), sqlite(three));
        }
    }

    @Test
    void inAws_incidentsAndAnnouncementsDependOnWhatWasSeenAlone() throws Exception {
        Counted requests = new Counted();
        try (SdkHttpClient http = requests.http(UrlConnectionHttpClient.create());
                DynamoDbClient client = Dynalite.client(Dynalite.shared().endpoint(), http)) {
            new Comparison("dynamodb", DELIVERIES / 50, CAMERAS / 5, requests)
                    .run(dynamo(client), dynamo(client), dynamo(client));
        }
    }

    private record Side(Stores stores, Feed feed) {}

    private static Side sqlite(Database database) {
        return new Side(Stores.sqlite(database), new Feed.OfTable(new ChangeTable(database)));
    }

    private static Side dynamo(DynamoDbClient client) {
        return new Side(Stores.dynamo(client, Tables.in(client)), new Feed.OfReplaced());
    }

    private static final class Comparison {
        private final String name;
        private final Random random;
        private final Counted requests;
        private final Footage footage;
        private final Map<CameraId, AlertRule> rules;

        Comparison(String name, int deliveries, int cameras, Counted requests) {
            this.name = name;
            this.requests = requests;
            long seed = Long.getLong("affray.seed", System.nanoTime());
            System.out.printf("%s: -Daffray.seed=%d%n", name, seed);
            random = new Random(seed);
            footage = Footage.of(cameras, deliveries / 4 / cameras, random);
            rules = footage.frames().stream()
                    .map(key -> key.frame().camera())
                    .distinct()
                    .collect(Collectors.toMap(camera -> camera, _ -> Footage.RULE));
        }

        void run(Side any, Side bounded, Side inOrder) throws Exception {
            settled("any order", any, works -> works.deliver(footage.shuffled(random), WORKERS));
            Outcome displaced = settled("displaced", bounded, works -> {
                for (List<FrameKey> slice : footage.displaced(random)) {
                    works.deliver(slice, WORKERS);
                }
            });
            Outcome ordered = settled("ordered", inOrder, works -> works.deliverInOrder(footage.ordered(WORKERS)));
            compare(displaced, ordered);
        }

        private interface Delivering {
            void by(Works works) throws Exception;
        }

        private Outcome settled(String how, Side side, Delivering delivering) throws Exception {
            try (Works works = new Works(name + ", " + how, side.stores(), side.feed())) {
                requests.clear();
                delivering.by(works);
                works.settle();
                requests.calls()
                        .forEach((operation, count) -> System.out.printf(
                                "%s, %s: %.4f %s a delivery, alerting and the tick included%n",
                                name, how, count / (double) works.handled(), operation));
                Outcome outcome = new Outcome(side.stores(), rules, works.announced());
                outcome.checkIncidents();
                outcome.checkAnnouncements();
                assertThat(outcome.repeated()).as("announced twice").isEmpty();
                assertThat(works.ports().calls().get("put")).isEqualTo(works.handled());
                System.out.printf(
                        "%s, %s: %d announcements of %d incidents%n",
                        name,
                        how,
                        outcome.announcedAs().size(),
                        Set.copyOf(outcome.announcedAs()).size());
                return outcome;
            }
        }

        /** Of the cameras that have no gap which displacement could widen: those are rare. */
        private void compare(Outcome displaced, Outcome ordered) {
            Set<CameraId> widened = rules.keySet().stream()
                    .filter(camera -> Stream.of(Line.values())
                            .anyMatch(line -> ordered.definition(camera, line)
                                    .hasGapThatDisplacementWidens(Footage.DISPLACED.toMillis())))
                    .collect(Collectors.toSet());
            System.out.printf(
                    "%s: announcements compared of %d cameras of %d%n",
                    name, rules.size() - widened.size(), rules.size());
            assertThat(widened.size()).isLessThan(rules.size() / 2);
            assertThat(announcedOf(displaced, widened)).isEqualTo(announcedOf(ordered, widened));
        }

        private static Map<String, Long> announcedOf(Outcome outcome, Set<CameraId> but) {
            return outcome.announcedAs().stream()
                    .filter(fact -> but.stream().noneMatch(camera -> fact.startsWith(camera + " ")))
                    .collect(Collectors.groupingBy(fact -> fact, TreeMap::new, Collectors.counting()));
        }
    }
}
