package dev.affray.cloud.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3EventTest {
    @Test
    void readsEveryRecordOfAMessage_andDecodesItsKey() {
        String message = "{\"Records\":[" + record("live/g/c/a+b%2Bc.jpg") + "," + record("live/g/c/2.jpg") + "]}";

        assertThat(S3Event.parse(message))
                .extracting(S3Event::key)
                .containsExactly("live/g/c/a b+c.jpg", "live/g/c/2.jpg");
        assertThat(S3Event.parse(message).getFirst().at()).isEqualTo(Instant.parse("2026-11-20T21:00:00.123Z"));
    }

    @Test
    void aTestEventAnnouncesNothing() {
        assertThat(S3Event.parse("{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"b\"}"))
                .isEmpty();
    }

    @Test
    void aRemovalIsNoFrame() {
        assertThat(S3Event.parse("{\"Records\":[{\"eventName\":\"ObjectRemoved:Delete\"}]}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "[]",
                "{}",
                "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\"}]}",
                "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"eventTime\":\"noon\",\"s3\":{\"bucket\":{\"name\":\"b\"},"
                        + "\"object\":{\"key\":\"k\"}}}]}"
            })
    void refusesWhatIsNoEvent(String message) {
        assertThatThrownBy(() -> S3Event.parse(message))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank();
    }

    private static String record(String key) {
        return "{\"eventName\":\"ObjectCreated:Put\",\"eventTime\":\"2026-11-20T21:00:00.123Z\",\"s3\":{\"bucket\":"
                + "{\"name\":\"frames\"},\"object\":{\"key\":\"" + key + "\"}}}";
    }
}
