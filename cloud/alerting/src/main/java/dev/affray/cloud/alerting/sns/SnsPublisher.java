package dev.affray.cloud.alerting.sns;

import dev.affray.cloud.alerting.Message;
import dev.affray.cloud.alerting.Publisher;
import dev.affray.cloud.alerting.SubjectLine;
import dev.affray.cloud.alerting.aws.Calls;
import dev.affray.cloud.alerting.aws.Failures;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/** Publishes messages to one topic. The receipt is the id that SNS gives the message. Thread-safe; takes at most {@link Calls#LONGEST}. */
public final class SnsPublisher implements Publisher {
    private final SnsClient sns;
    private final String topic;

    /**
     * @param sns from {@link SnsClients}; stays the caller's
     * @param topic its ARN
     */
    public SnsPublisher(SnsClient sns, String topic) {
        this.sns = sns;
        this.topic = topic;
    }

    @Override
    public String publish(Message message) throws PublishException {
        PublishRequest request = PublishRequest.builder()
                .topicArn(topic)
                .subject(SubjectLine.of(message))
                .messageStructure("json")
                .message(Bodies.of(message))
                .messageAttributes(MessageAttributes.of(message))
                .build();
        try {
            return sns.publish(request).messageId();
        } catch (SdkException e) {
            throw Failures.of(e, "SNS", "topic " + topic);
        }
    }
}
