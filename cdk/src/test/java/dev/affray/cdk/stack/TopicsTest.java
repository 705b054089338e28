package dev.affray.cdk.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.cdk.deployment.Deployment;
import dev.affray.cdk.deployment.Deployment.Audience;
import dev.affray.cdk.deployment.Deployment.Removal;
import dev.affray.cdk.deployment.Judge;
import dev.affray.incident.IncidentKind;
import dev.affray.incident.Severity;
import dev.affray.recipient.Filter;
import dev.affray.recipient.Recipient;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;

@NeedsNode
class TopicsTest {
    private final Resources stack = Synthesized.EDGE_SCORE.stack();

    private static final String SOME =
            "\"site\":[\"Lincoln School\"],\"camera\":[\"gateway-1/door\",{\"suffix\":\"/yard\"}],\"severity\":[\"HIGH\"]";

    private List<String> subscriptions(String topic) {
        return stack.of("AWS::SNS::Subscription").stream()
                .filter(subscription -> subscription.text("/TopicArn").equals("<" + topic + ">"))
                .map(subscription -> subscription.text("/Protocol") + " " + subscription.text("/Endpoint") + " "
                        + subscription.at("/FilterPolicy"))
                .toList();
    }

    @Test
    void eachIsToldWhatTheirFilterSays_andBySmsOnlyWhatIsLive() {
        assertThat(subscriptions("TopicsAlerts"))
                .containsExactlyInAnyOrder(
                        "email guard@example.org ",
                        "email head@example.org {" + SOME + "}",
                        "sms +4915112345678 {" + SOME + ",\"line\":[\"LIVE\"]}",
                        "https https://alarms.example.org/affray ");
    }

    @Test
    void othersAreToldWhenNobodyTookCharge() {
        assertThat(subscriptions("TopicsEscalation"))
                .containsExactlyInAnyOrder("email head@example.org ", "sms +4915112345670 {\"line\":[\"LIVE\"]}");
    }

    @Test
    void troubleOfAffrayGoesToOtherPeople_withoutAFilterThatWouldKeepAlarmsAway() {
        assertThat(subscriptions("TopicsOperations"))
                .containsExactlyInAnyOrder("email it@example.org ", "sms +4915112345671 ");
    }

    @Test
    void programsGetTheEnvelopeOfSns_whichIsSigned() {
        assertThat(stack.of("AWS::SNS::Subscription"))
                .allSatisfy(subscription -> assertThat(
                                subscription.at("/RawMessageDelivery").isMissingNode())
                        .isTrue());
    }

    @Test
    void alertsAreEncryptedAtRest_andNothingIsPublishedWithoutTls() {
        assertThat(List.of("TopicsAlerts", "TopicsEscalation"))
                .allSatisfy(
                        topic -> assertThat(stack.one("AWS::SNS::Topic", topic).text("/KmsMasterKeyId"))
                                .endsWith(":alias/aws/sns"));
        assertThat(stack.of("AWS::SNS::TopicPolicy")).hasSize(3).allSatisfy(policy -> {
            assertThat(policy.text("/PolicyDocument/Statement/0/Effect")).isEqualTo("Deny");
            assertThat(policy.text("/PolicyDocument/Statement/0/Condition/Bool/aws:SecureTransport"))
                    .isEqualTo("false");
        });
    }

    @Test
    void cloudWatchOfThisAccountMayPublishToOperations_whichItCouldNotUnderSnssOwnKey() {
        assertThat(stack.one("AWS::SNS::Topic", "TopicsOperations")
                        .at("/KmsMasterKeyId")
                        .isMissingNode())
                .isTrue();
        JsonNode allowed =
                stack.one("AWS::SNS::TopicPolicy", "TopicsOperations").at("/PolicyDocument/Statement/1");
        assertThat(allowed.path("Effect").asText()).isEqualTo("Allow");
        assertThat(allowed.at("/Principal/Service").asText()).isEqualTo("cloudwatch.amazonaws.com");
        assertThat(allowed.path("Action").asText()).isEqualTo("sns:Publish");
        assertThat(allowed.at("/Condition/StringEquals/aws:SourceAccount").asText())
                .isEqualTo("123456789012");
        assertThat(allowed.at("/Condition/ArnLike/aws:SourceArn").asText())
                .isEqualTo("arn:<AWS::Partition>:cloudwatch:eu-central-1:123456789012:alarm:*");
    }

    @Test
    void aDeploymentThatTellsNobodySaysSo() {
        assertThat(warnings(Audience.NOBODY, Audience.NOBODY))
                .singleElement()
                .asString()
                .contains("nobody is told of a fight");
    }

    @Test
    void aDeploymentWhoseAlarmsAllFiltersKeepAwaySaysSo() {
        Filter gone = new Filter(List.of(), List.of(), List.of(IncidentKind.CAMERA_OFFLINE), Severity.NORMAL);
        Audience filtered = new Audience(List.of(new Recipient("it@example.org", gone)), List.of(), List.of());
        assertThat(warnings(new Audience(Synthesized.all("guard@example.org"), List.of(), List.of()), filtered))
                .singleElement()
                .asString()
                .contains("nobody is told of the stack's alarms");
    }

    private static List<String> warnings(Audience alerts, Audience operations) {
        Stack alone = new Stack(new App());
        Deployment whole = Synthesized.deployment(new Judge.EdgeScore(), Removal.RETAIN, alerts);
        new Topics(
                alone,
                new Deployment(
                        whole.name(),
                        whole.account(),
                        whole.region(),
                        whole.judge(),
                        alerts,
                        whole.escalation(),
                        operations,
                        whole.sesFrom(),
                        whole.retention(),
                        whole.concurrency(),
                        whole.removal(),
                        whole.credentialsEndpoint(),
                        whole.links()));
        return Annotations.fromStack(alone).findWarning("*", Match.anyValue()).stream()
                .map(warning -> String.valueOf(warning.getEntry().getData()))
                .toList();
    }
}
