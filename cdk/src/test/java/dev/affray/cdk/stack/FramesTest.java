package dev.affray.cdk.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.cdk.stack.Resources.Resource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsNode
class FramesTest {
    private final Resources stack = Synthesized.EDGE_SCORE.stack();
    private final Resource bucket = stack.one("AWS::S3::Bucket", "Frames");

    @Test
    void theBucketIsPrivateAndEncrypted() {
        assertThat(bucket.at("/PublicAccessBlockConfiguration").properties())
                .hasSize(4)
                .allSatisfy(block -> assertThat(block.getValue().asBoolean()).isTrue());
        assertThat(bucket.text("/OwnershipControls/Rules/0/ObjectOwnership")).isEqualTo("BucketOwnerEnforced");
        assertThat(
                        bucket.text(
                                "/BucketEncryption/ServerSideEncryptionConfiguration/0/ServerSideEncryptionByDefault/SSEAlgorithm"))
                .isEqualTo("AES256");
    }

    @Test
    void nothingReachesTheBucketWithoutTls() {
        Resource policy = stack.one("AWS::S3::BucketPolicy", "Frames");
        assertThat(policy.text("/PolicyDocument/Statement/0/Effect")).isEqualTo("Deny");
        assertThat(policy.text("/PolicyDocument/Statement/0/Condition/Bool/aws:SecureTransport"))
                .isEqualTo("false");
        assertThat(policy.at("/PolicyDocument/Statement")).hasSize(1);
    }

    @Test
    void framesAndClipsExpire_andUploadsThatNeverEndAreCleanedUp() {
        List<String> expiring = new ArrayList<>();
        int aborting = 0;
        for (JsonNode rule : bucket.at("/LifecycleConfiguration/Rules")) {
            assertThat(rule.path("Status").asText()).isEqualTo("Enabled");
            if (rule.has("ExpirationInDays")) {
                expiring.add(rule.path("Prefix").asText() + " "
                        + rule.path("ExpirationInDays").asInt());
            }
            aborting += rule.at("/AbortIncompleteMultipartUpload/DaysAfterInitiation")
                    .asInt();
        }
        assertThat(expiring).containsExactlyInAnyOrder("live/ 14", "backlog/ 14", "clips/ 14");
        assertThat(aborting).isEqualTo(1);
    }

    @Test
    void eachLineIsAnnouncedToItsQueue() {
        assertThat(bucket.at("/NotificationConfiguration/QueueConfigurations").valueStream())
                .extracting(
                        rule -> rule.at("/Filter/S3Key/Rules/0/Value").asText(),
                        rule -> rule.path("Queue").asText(),
                        rule -> rule.path("Event").asText())
                .containsExactlyInAnyOrder(
                        tuple("live/", "<FramesLiveQueue.Arn>", "s3:ObjectCreated:*"),
                        tuple("backlog/", "<FramesBacklogQueue.Arn>", "s3:ObjectCreated:*"));
    }

    @Test
    void theBucketComesAfterThePoliciesThatLetItAnnounce() {
        assertThat(bucket.json().path("DependsOn").valueStream().map(JsonNode::asText))
                .hasSize(2)
                .anyMatch(id -> id.startsWith("FramesLiveQueuePolicy"))
                .anyMatch(id -> id.startsWith("FramesBacklogQueuePolicy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"FramesLiveQueuePolicy", "FramesBacklogQueuePolicy"})
    void onlyS3OfThisAccountMayAnnounce(String id) {
        JsonNode allowed = stack.one("AWS::SQS::QueuePolicy", id)
                .at("/PolicyDocument/Statement")
                .valueStream()
                .filter(statement -> statement.path("Effect").asText().equals("Allow"))
                .reduce((_, _) -> {
                    throw new AssertionError("more than one");
                })
                .orElseThrow();
        assertThat(allowed.path("Action").asText()).isEqualTo("sqs:SendMessage");
        assertThat(allowed.at("/Principal/Service").asText()).isEqualTo("s3.amazonaws.com");
        assertThat(allowed.at("/Condition/StringEquals/aws:SourceAccount").asText())
                .isEqualTo("123456789012");
        assertThat(allowed.at("/Condition/ArnLike/aws:SourceArn").asText()).isEqualTo("arn:<AWS::Partition>:s3:::*");
    }

    @Test
    void theBucketStaysOrGoesWithTheStack_asSet() {
        assertThat(bucket.json().path("DeletionPolicy").asText()).isEqualTo("Retain");
        assertThat(Synthesized.MODERATION
                        .stack()
                        .one("AWS::S3::Bucket", "Frames")
                        .json()
                        .path("DeletionPolicy")
                        .asText())
                .isEqualTo("Delete");
    }
}
