package dev.affray.cloud.alerting.lambda;

import dev.affray.camera.AlertRule;
import dev.affray.camera.CameraConfig;
import dev.affray.cloud.alerting.Alerting;
import dev.affray.cloud.alerting.Channel;
import dev.affray.cloud.alerting.Group;
import dev.affray.cloud.alerting.Policy;
import dev.affray.cloud.alerting.Stores;
import dev.affray.cloud.alerting.Tick;
import dev.affray.cloud.alerting.sns.SnsClients;
import dev.affray.cloud.alerting.sns.SnsPublisher;
import dev.affray.cloud.function.Environment;
import dev.affray.cloud.state.CameraStore;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.NotificationStore;
import dev.affray.cloud.state.dynamodb.Dynamo;
import dev.affray.cloud.state.dynamodb.DynamoCameraStore;
import dev.affray.cloud.state.dynamodb.DynamoCounterStore;
import dev.affray.cloud.state.dynamodb.DynamoEpisodeStore;
import dev.affray.cloud.state.dynamodb.DynamoIncidentStore;
import dev.affray.cloud.state.dynamodb.DynamoNotificationStore;
import dev.affray.frame.CameraId;
import dev.affray.incident.Incident;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * What both functions are wired of:
 *
 * <pre>
 * DynamoDB stores + SnsPublisher -> Alerting -> Tick
 * </pre>
 */
final class Parts {
    private static final int LONGEST_HISTORY = 3650;
    private static final int LONGEST_ESCALATION_MINUTES = 240;
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final String NO_INCIDENT = "none";

    private final IncidentStore incidents;
    private final NotificationStore notifications;
    private final Alerting alerting;
    private final Tick tick;
    private final Clock clock;

    Parts(
            Stores stores,
            List<Channel> channels,
            Policy policy,
            BiFunction<Incident, Instant, Optional<URI>> links,
            Clock clock) {
        this.incidents = stores.incidents();
        this.notifications = stores.notifications();
        this.clock = clock;
        alerting = new Alerting(stores, channels, policy, links, clock);
        tick = new Tick(incidents, alerting, camera -> rule(stores.cameras(), camera));
    }

    /** @throws IllegalStateException with all that is wrong in the environment */
    static Parts of(Environment environment) {
        String heads = environment.text("HEADS_TABLE");
        String history = environment.text("INCIDENTS_TABLE");
        String notifications = environment.text("NOTIFICATIONS_TABLE");
        String counters = environment.text("COUNTERS_TABLE");
        String episodes = environment.text("EPISODES_TABLE");
        String fleet = environment.text("FLEET_TABLE");
        Duration kept = Duration.ofDays(environment.whole("INCIDENT_DAYS", 1, LONGEST_HISTORY));
        String alerts = topic(environment, "TOPIC_ARN");
        String escalation = topic(environment, "ESCALATION_TOPIC_ARN");
        int escalateAfter = environment.whole("ESCALATE_AFTER_MINUTES", 0, LONGEST_ESCALATION_MINUTES);
        String operations = topic(environment, "OPERATIONS_TOPIC_ARN");
        Optional<Mails> mails = Mails.of(environment);
        Clock clock = Clock.systemUTC();
        SdkHttpClient http = http();
        Links links = Links.of(environment, http, clock);
        environment.check();
        DynamoDbClient dynamo = Dynamo.client(http);
        SnsClient sns = SnsClients.create();
        List<Channel> channels = new ArrayList<>(List.of(
                new Channel("sns-alerts", Set.of(Group.ALERTS), new SnsPublisher(sns, alerts)),
                new Channel("sns-escalation", Set.of(Group.ESCALATION), new SnsPublisher(sns, escalation)),
                new Channel("sns-operations", Set.of(Group.OPERATIONS), new SnsPublisher(sns, operations))));
        mails.ifPresent(ses -> channels.addAll(ses.channels(clock)));
        return new Parts(
                new Stores(
                        new DynamoIncidentStore(dynamo, heads, history, kept, clock),
                        new DynamoNotificationStore(dynamo, notifications, kept, clock),
                        new DynamoCameraStore(dynamo, fleet),
                        new DynamoCounterStore(dynamo, counters),
                        new DynamoEpisodeStore(dynamo, episodes, clock)),
                channels,
                escalateAfter == 0 ? Policy.DEFAULT : Policy.DEFAULT.escalatingAfter(Duration.ofMinutes(escalateAfter)),
                links,
                clock);
    }

    Alerting alerting() {
        return alerting;
    }

    Tick tick() {
        return tick;
    }

    Clock clock() {
        return clock;
    }

    /** Reads what is not there, as each invocation reads. Nothing is published: SNS has no call that is harmless and allowed. */
    void prime() {
        incidents.openHeads();
        notifications.of(NO_INCIDENT);
    }

    private static String topic(Environment environment, String name) {
        String topic = environment.text(name);
        if (!topic.isEmpty() && !topic.matches("arn:[^:]+:sns:[^:]+:[^:]+:[^:]+")) {
            environment.problem(name + " is '" + topic + "', not the ARN of an SNS topic");
        }
        return topic;
    }

    private static SdkHttpClient http() {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(Dynamo.socketTimeout())
                .build();
    }

    /** The rule of the camera's last good document; the default rule for a camera that has none. */
    private static AlertRule rule(CameraStore cameras, CameraId camera) {
        return cameras.camera(camera)
                .flatMap(c -> Optional.ofNullable(c.config()))
                .map(CameraConfig::alert)
                .orElse(AlertRule.DEFAULT);
    }
}
