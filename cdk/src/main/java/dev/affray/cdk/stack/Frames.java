package dev.affray.cdk.stack;

import dev.affray.cdk.deployment.Deployment;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.s3.CfnBucket.FilterRuleProperty;
import software.amazon.awscdk.services.s3.CfnBucket.NotificationConfigurationProperty;
import software.amazon.awscdk.services.s3.CfnBucket.NotificationFilterProperty;
import software.amazon.awscdk.services.s3.CfnBucket.QueueConfigurationProperty;
import software.amazon.awscdk.services.s3.CfnBucket.S3KeyFilterProperty;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/** The bucket of frames and clips. What lands under live/ or backlog/ is announced to the queue of that name. */
final class Frames extends Construct {
    private final Bucket bucket;
    private final FrameQueue live;
    private final FrameQueue backlog;

    Frames(Construct scope, Deployment deployment) {
        super(scope, "Frames");
        live = new FrameQueue(this, "Live");
        backlog = new FrameQueue(this, "Backlog");
        bucket = Bucket.Builder.create(this, "Bucket")
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                .encryption(BucketEncryption.S3_MANAGED)
                .enforceSsl(true)
                .lifecycleRules(List.of(
                        expiry("live", deployment),
                        expiry("backlog", deployment),
                        expiry("clips", deployment),
                        LifecycleRule.builder()
                                .id("incomplete-uploads")
                                .abortIncompleteMultipartUploadAfter(Duration.days(1))
                                .build()))
                .removalPolicy(Removals.policy(deployment.removal()))
                .build();
        Nag.except(
                bucket,
                "S1",
                "Access logs would need a second bucket and record who watches whom; who may read is held by IAM, and CloudTrail's data events can be switched on per account.");
        announce();
    }

    private static LifecycleRule expiry(String folder, Deployment deployment) {
        return LifecycleRule.builder()
                .id(folder)
                .prefix(folder + "/")
                .expiration(Duration.days(deployment.retention().framesDays()))
                .build();
    }

    /** By the bucket's own property: the CDK's usual way would bring a function of its own. */
    private void announce() {
        CfnBucket properties = (CfnBucket) bucket.getNode().getDefaultChild();
        properties.setNotificationConfiguration(NotificationConfigurationProperty.builder()
                .queueConfigurations(List.of(announcement("live/", live), announcement("backlog/", backlog)))
                .build());
        bucket.getNode().addDependency(live.policy(), backlog.policy());
    }

    private static QueueConfigurationProperty announcement(String prefix, FrameQueue queue) {
        FilterRuleProperty rule =
                FilterRuleProperty.builder().name("prefix").value(prefix).build();
        return QueueConfigurationProperty.builder()
                .event("s3:ObjectCreated:*")
                .queue(queue.queue().getQueueArn())
                .filter(NotificationFilterProperty.builder()
                        .s3Key(S3KeyFilterProperty.builder()
                                .rules(List.of(rule))
                                .build())
                        .build())
                .build();
    }

    Bucket bucket() {
        return bucket;
    }

    FrameQueue live() {
        return live;
    }

    FrameQueue backlog() {
        return backlog;
    }
}
