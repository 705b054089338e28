package dev.affray.cloud.alerting.sns;

import dev.affray.cloud.alerting.Alert;
import dev.affray.cloud.alerting.Digest;
import dev.affray.cloud.alerting.Message;
import dev.affray.cloud.alerting.Publisher;
import dev.affray.cloud.alerting.SubjectLine;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/** Publishes to a topic. The receipt is the id that SNS gives the message. Thread-safe; takes at most {@link SnsClients#LONGEST}. */
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
        return switch (message) {
            case Alert alert -> publish(alert);
            case Digest _ -> throw new IllegalStateException("not written yet");
        };
    }

    private String publish(Alert alert) throws PublishException {
        PublishRequest request = PublishRequest.builder()
                .topicArn(topic)
                .subject(SubjectLine.of(alert))
                .messageStructure("json")
                .message(Bodies.of(alert))
                .messageAttributes(Attributes.of(alert))
                .build();
        try {
            return sns.publish(request).messageId();
        } catch (SdkException e) {
            throw Failures.of(e, topic);
        }
    }
}
