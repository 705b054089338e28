package dev.affray.cloud.alerting.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.cloud.alerting.Alert;
import dev.affray.cloud.alerting.Alerts;
import dev.affray.cloud.alerting.Digest;
import dev.affray.cloud.alerting.Publisher.PublishException;
import dev.affray.cloud.alerting.Publisher.Reason;
import dev.affray.cloud.alerting.aws.Calls;
import dev.affray.cloud.alerting.sns.SnsStandIn.Answer;
import dev.affray.cloud.state.Step;
import dev.affray.document.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;

/** The publisher on the wire. */
class SnsTest {
    private static final String TOPIC = "arn:aws:sns:eu-west-1:111111111111:affray-alerts";
    private static final String SECRET = "a-secret-key-of-nobody";

    private SnsStandIn sns;

    @BeforeEach
    void open() throws IOException {
        sns = new SnsStandIn();
    }

    @AfterEach
    void close() {
        sns.close();
    }

    @Test
    void publishesOnce_withABodyForEachKindOfReceiver() throws Exception {
        String receipt = publisher(Duration.ofSeconds(4)).publish(Alerts.named("Front door", "Lincoln School"));

        assertThat(receipt).isEqualTo("message-1");
        assertThat(sns.asked()).hasSize(1);
        Map<String, String> request = sns.taken().getFirst();
        assertThat(request)
                .containsEntry("Action", "Publish")
                .containsEntry("TopicArn", TOPIC)
                .containsEntry("MessageStructure", "json")
                .containsEntry("Subject", "Possible fight: Front door, Lincoln School, 22:14:05 CEST")
                .doesNotContainKeys("PhoneNumber", "TargetArn");
        JsonNode bodies = Json.tree(request.get("Message"));
        assertThat(bodies.propertyStream().map(Map.Entry::getKey)).containsExactly("default", "email", "sms");
        assertThat(bodies.path("email").textValue()).isEqualTo("""
                Possible fight

                Camera      Front door, Lincoln School
                Time        Wednesday 1 July 2026, 22:14:05 CEST (Europe/Berlin)
                Confidence  87 of 100
                Incident    0123456789ab

                A program judged this. Look before you act.
                """);
        assertThat(bodies.path("sms").textValue())
                .isEqualTo("Possible fight: Front door, Lincoln School, 1 Jul 22:14:05 CEST (0123456789ab)");
        assertThat(Json.tree(bodies.path("default").textValue())).isEqualTo(Json.tree("""
                {"alert":"0123456789ab-opened",
                "text":"Possible fight: Front door, Lincoln School, 1 Jul 22:14:05 CEST (0123456789ab)","incident":"0123456789ab","step":"OPENED","kind":"FIGHT","severity":"NORMAL",
                "line":"LIVE","camera":"gateway-1/door","cameraName":"Front door","site":"Lincoln School",
                "zone":"Europe/Berlin","language":"en","at":"2026-07-01T20:14:05.250Z","opened":"2026-07-01T20:14:05.250Z",
                "lastPositive":"2026-07-01T20:14:08.250Z","confidence":87.4,"late":false}"""));
    }

    @Test
    void theAttributesTellSubscriptionsWhatToFilterBy() throws Exception {
        publisher(Duration.ofSeconds(4)).publish(Alerts.named("Front door", "Lincoln School"));

        assertThat(SnsStandIn.attributes(sns.taken().getFirst()))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "site", "String:Lincoln School",
                        "camera", "String:gateway-1/door",
                        "kind", "String:FIGHT",
                        "step", "String:OPENED",
                        "severity", "String:NORMAL",
                        "line", "String:LIVE",
                        "incident", "String:0123456789ab",
                        "alert", "String:0123456789ab-opened",
                        "AWS.SNS.SMS.SMSType", "String:Transactional"));
    }

    @Test
    void aMuteIsOfEverySeverity_soThatNoFilterForOneMissesIt() throws Exception {
        Alert muted = Alerts.all().stream()
                .filter(alert -> alert.step() == Step.MUTED)
                .findFirst()
                .orElseThrow();
        publisher(Duration.ofSeconds(4)).publish(muted);
        assertThat(SnsStandIn.attributes(sns.taken().getFirst()))
                .containsEntry("severity", "String.Array:[\"NORMAL\",\"HIGH\"]")
                .containsEntry("step", "String:MUTED");
    }

    @Test
    void aCameraThatIsGoneHasNoConfidence() throws Exception {
        publisher(Duration.ofSeconds(4)).publish(Alerts.gone(Step.CLOSED, "gateway-1/door", "Front door", true));

        Map<String, String> request = sns.taken().getFirst();
        assertThat(request).containsEntry("Subject", "Camera is back: Front door, Lincoln School, 22:28:10 CEST");
        assertThat(SnsStandIn.attributes(request))
                .containsEntry("kind", "String:CAMERA_OFFLINE")
                .containsEntry("step", "String:CLOSED");
        JsonNode bodies = Json.tree(request.get("Message"));
        assertThat(bodies.path("sms").textValue())
                .isEqualTo("Camera is back: Front door, Lincoln School, 1 Jul 22:28:10 CEST (0123456789ab)");
        assertThat(Json.tree(bodies.path("default").textValue())).isEqualTo(Json.tree("""
                {"alert":"0123456789ab-closed",
                "text":"Camera is back: Front door, Lincoln School, 1 Jul 22:28:10 CEST (0123456789ab)","incident":"0123456789ab","step":"CLOSED","kind":"CAMERA_OFFLINE",
                "severity":"NORMAL","line":"LIVE","camera":"gateway-1/door","cameraName":"Front door",
                "site":"Lincoln School","zone":"Europe/Berlin","language":"en","at":"2026-07-01T20:28:10.250Z",
                "opened":"2026-07-01T20:14:05.250Z","lastPositive":"2026-07-01T20:28:10.250Z","detail":"not connected: no route to host","late":false}"""));
    }

    @Test
    void aBacklogAlertIsOnTheBacklogLine_andDelayedInEveryBody() throws Exception {
        publisher(Duration.ofSeconds(4)).publish(Alerts.delayed("Front door", "Lincoln School"));

        Map<String, String> request = sns.taken().getFirst();
        JsonNode bodies = Json.tree(request.get("Message"));
        assertThat(SnsStandIn.attributes(request)).containsEntry("line", "String:BACKLOG");
        assertThat(request.get("Subject")).startsWith("Delayed: ");
        assertThat(bodies.path("email").textValue()).startsWith("Delayed: ").contains("not happening now");
        assertThat(bodies.path("sms").textValue()).startsWith("Delayed: ");
    }

    @Test
    void aDigestHasAllThatItsAlertsHave_soThatAFilterTakesItThatWouldTakeOneOfThem() throws Exception {
        publisher(Duration.ofSeconds(4))
                .publish(new Digest(List.of(
                        Alerts.named("Front door", "Lincoln School"),
                        Alerts.named("Yard", "Lincoln School"),
                        Alerts.gone(Step.CLOSED, "gateway-2/_gateway", "gateway-2", true))));

        Map<String, String> request = sns.taken().getFirst();
        assertThat(request)
                .containsEntry("TopicArn", TOPIC)
                .containsEntry("Subject", "3 messages held back: Lincoln School, from 1 Jul 22:14 CEST");
        assertThat(SnsStandIn.attributes(request))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "site", "String.Array:[\"Lincoln School\"]",
                        "camera", "String.Array:[\"gateway-1/door\",\"gateway-2/_gateway\"]",
                        "kind", "String.Array:[\"FIGHT\",\"CAMERA_OFFLINE\"]",
                        "step", "String.Array:[\"OPENED\",\"CLOSED\"]",
                        "severity", "String.Array:[\"NORMAL\"]",
                        "line", "String.Array:[\"LIVE\"]",
                        "alert", "String:0123456789ab-opened-digest",
                        "AWS.SNS.SMS.SMSType", "String:Transactional"));
        JsonNode bodies = Json.tree(request.get("Message"));
        assertThat(bodies.path("sms").textValue()).startsWith("3 messages held back: Lincoln School, ");
        assertThat(bodies.path("email").textValue()).contains("Possible fight: Yard", "Gateway is back: gateway-2");
        assertThat(Json.tree(bodies.path("default").textValue()).path("count").intValue())
                .isEqualTo(3);
    }

    @Test
    void aDigestOfVeryMany_withTheLongestNames_isWithinWhatSnsTakes() throws Exception {
        String name = "\"\ud83d\udeaa".repeat(21);
        publisher(Duration.ofSeconds(4)).publish(new Digest(Collections.nCopies(1000, Alerts.linked(name, name))));

        Map<String, String> request = sns.taken().getFirst();
        assertThat(request.get("Message").getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(200 * 1024);
        assertThat(Json.tree(request.get("Message")).path("email").textValue()).contains("and 950 more");
    }

    @Test
    void noAttributeIsEmpty_orHoldsWhatXmlCannotCarry() throws Exception {
        publisher(Duration.ofSeconds(4)).publish(Alerts.named("Door", "\u0000\u0007"));
        publisher(Duration.ofSeconds(4)).publish(Alerts.named("Door", "A\u0000B\uffff 学校"));

        assertThat(SnsStandIn.attributes(sns.taken().getFirst())).containsEntry("site", "String:gateway-1");
        assertThat(SnsStandIn.attributes(sns.taken().getLast())).containsEntry("site", "String:A B  学校");
    }

    @Test
    void triesAgain_whenSnsThrottlesOrFails() throws Exception {
        sns.answerNext(new Answer.Error(429, "Throttled", "Rate exceeded"));
        sns.answerNext(new Answer.Error(500, "InternalError", "try again"));

        assertThat(publisher(Duration.ofSeconds(4)).publish(Alerts.named("Door", "School")))
                .isEqualTo("message-1");
        assertThat(sns.asked()).hasSize(3);
        assertThat(sns.taken()).hasSize(1);
    }

    @Test
    void givesUp_whenSnsThrottlesOn() {
        for (int i = 0; i < 9; i++) {
            sns.answerNext(new Answer.Error(400, "Throttled", "Rate exceeded"));
        }

        assertThat(failure())
                .hasMessageContaining("SNS throttles (400 Throttled")
                .satisfies(SnsTest::isUnavailable);
        assertThat(sns.asked()).hasSize(3);
    }

    @Test
    void tellsThatItIsNotAllowed_andAsksOnlyOnce() {
        sns.answerNext(new Answer.Error(403, "AuthorizationError", "User is not authorized"));

        assertThat(failure())
                .hasMessageContaining("forbids to use topic " + TOPIC)
                .satisfies(SnsTest::isUnavailable);
        assertThat(sns.asked()).hasSize(1);
    }

    @Test
    void tellsThatThereIsNoTopic() {
        sns.answerNext(new Answer.Error(404, "NotFound", "Topic does not exist"));

        assertThat(failure()).hasMessageContaining("no topic " + TOPIC).satisfies(SnsTest::isUnavailable);
    }

    @Test
    void anAlertThatSnsDoesNotWantIsUnfit_andSaysNothingAboutOthers() {
        sns.answerNext(new Answer.Error(400, "InvalidParameter", "Invalid parameter: Subject"));

        PublishException failure = failure();
        assertThat(failure).hasMessageContaining("Invalid parameter: Subject");
        assertThat(failure.reason()).isEqualTo(Reason.UNFIT);
        assertThat(sns.asked()).hasSize(1);
    }

    @Test
    void aPublishThatGotNoAnswerIsNotRepeatedHere() {
        sns.answerNext(new Answer.Silence());

        PublishException failure = failure(sns.endpoint(), Duration.ofMillis(300));
        assertThat(failure.reason()).isEqualTo(Reason.UNANSWERED);
        assertThat(failure).hasMessageContaining("no answer");
        assertThat(sns.asked()).hasSize(1);
    }

    @Test
    void aConnectionThatBreaksIsNoAnswer() {
        sns.answerNext(new Answer.Break());

        assertThat(failure().reason()).isEqualTo(Reason.UNANSWERED);
        assertThat(sns.asked()).hasSize(1);
    }

    @Test
    void tellsThatNobodyListens() {
        URI nobody = URI.create("http://127.0.0.1:1");

        assertThat(failure(nobody, Duration.ofSeconds(4)))
                .hasMessageContaining("cannot be reached")
                .satisfies(SnsTest::isUnavailable);
    }

    private static void isUnavailable(PublishException e) {
        assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(e.getMessage()).doesNotContain(SECRET);
    }

    private PublishException failure() {
        return failure(sns.endpoint(), Duration.ofSeconds(4));
    }

    private static PublishException failure(URI endpoint, Duration oneTry) {
        SnsPublisher publisher = publisher(endpoint, oneTry);
        PublishException failure =
                catchThrowableOfType(PublishException.class, () -> publisher.publish(Alerts.named("Door", "School")));
        assertThat(failure).isNotNull();
        return failure;
    }

    private SnsPublisher publisher(Duration oneTry) {
        return publisher(sns.endpoint(), oneTry);
    }

    private static SnsPublisher publisher(URI endpoint, Duration oneTry) {
        return new SnsPublisher(client(endpoint, oneTry), TOPIC);
    }

    static SnsClient client(URI endpoint, Duration oneTry) {
        return SnsClients.configured(SnsClient.builder(), oneTry, Calls.LONGEST)
                .region(Region.EU_WEST_1)
                .endpointOverride(endpoint)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDTEST", SECRET)))
                .build();
    }
}
