package dev.affray.cloud.inference.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affray.cloud.inference.sqs.Delivery;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqsEventTest {
    private static final String RECORD = """
            {"messageId":"m","receiptHandle":"r","body":"{}","attributes":{"ApproximateReceiveCount":"3"},
             "messageAttributes":{},"md5OfBody":"x","eventSource":"aws:sqs",
             "eventSourceARN":"arn:aws:sqs:eu-west-1:111122223333:live_queue-1","awsRegion":"eu-west-1"}""";

    @Test
    void readsEveryMessage_andTheNameOfTheirQueue() {
        SqsEvent event = parse("{\"Records\":[" + RECORD + "," + RECORD.replace("\"m\"", "\"n\"") + "]}");

        assertThat(event)
                .isEqualTo(new SqsEvent(
                        "live_queue-1", List.of(new Delivery("m", "r", "{}", 3), new Delivery("n", "r", "{}", 3))));
    }

    @Test
    void refusesWhatIsNoEventOfOneQueue() {
        assertThatThrownBy(() -> parse("{}")).hasMessageContaining("one queue");
        assertThatThrownBy(() -> parse("{\"Records\":[" + RECORD + "," + RECORD.replace("live_queue", "other") + "]}"))
                .hasMessageContaining("[live_queue-1, other-1]");
        assertThatThrownBy(() -> parse("{\"Records\":[{\"messageId\":\"m\"}]}")).hasMessageContaining("/receiptHandle");
    }

    @Test
    void namesTheMessagesToDeliverAgain_asLambdaWantsThem() {
        assertThat(new String(SqsEvent.again(List.of("m", "n")), StandardCharsets.UTF_8))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m\"},{\"itemIdentifier\":\"n\"}]}");
        assertThat(new String(SqsEvent.again(List.of()), StandardCharsets.UTF_8))
                .isEqualTo("{\"batchItemFailures\":[]}");
    }

    private static SqsEvent parse(String json) {
        return SqsEvent.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
