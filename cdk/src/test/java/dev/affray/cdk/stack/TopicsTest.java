package dev.affray.cdk.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.cdk.deployment.Deployment.Removal;
import dev.affray.cdk.deployment.Judge;
import dev.affray.cdk.stack.Resources.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;

@NeedsNode
class TopicsTest {
    private final Resources stack = Synthesized.EDGE_SCORE.stack();

    private List<Resource> subscriptions(String topic) {
        return stack.of("AWS::SNS::Subscription").stream()
                .filter(subscription -> subscription.text("/TopicArn").equals("<" + topic + ">"))
                .toList();
    }

    @Test
    void alertsGoByMail_andBySmsOnlyWhenTheyAreLive() {
        assertThat(subscriptions("TopicsAlerts"))
                .extracting(subscription -> subscription.text("/Protocol") + " " + subscription.text("/Endpoint") + " "
                        + subscription.at("/FilterPolicy"))
                .containsExactlyInAnyOrder("email guard@example.org ", "sms +4915112345678 {\"line\":[\"LIVE\"]}");
    }

    @Test
    void troubleOfAffrayGoesToOtherPeople() {
        assertThat(subscriptions("TopicsOperations"))
                .extracting(subscription -> subscription.text("/Protocol") + " " + subscription.text("/Endpoint"))
                .containsExactly("email it@example.org");
    }

    @Test
    void alertsAreEncryptedAtRest_andNothingIsPublishedWithoutTls() {
        assertThat(stack.one("AWS::SNS::Topic", "TopicsAlerts").text("/KmsMasterKeyId"))
                .endsWith(":alias/aws/sns");
        assertThat(stack.of("AWS::SNS::TopicPolicy")).hasSize(2).allSatisfy(policy -> {
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
        Stack alone = new Stack(new App());
        new Topics(alone, Synthesized.deployment(new Judge.EdgeScore(), Removal.RETAIN, List.of(), List.of()));
        assertThat(Annotations.fromStack(alone).findWarning("*", Match.stringLikeRegexp(".*nobody is told.*")))
                .hasSize(1);
    }
}
