package dev.affray.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** What the client makes of clocks, credentials and impostors, against a server that says anything. */
class S3FramesTest {
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, 1, 2, 3, (byte) 0xFF, (byte) 0xD9};
    private static final String OF_S3 = "x-amz-request-id: 1\r\n";
    private static final DateTimeFormatter AMZ_DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final AtomicReference<String> keyId = new AtomicReference<>("old");
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private RawServer server;
    private S3Frames s3;

    private void start(LongPredicate refused, Function<Map<String, String>, String> answer) throws IOException {
        server = new RawServer(headers -> {
            requests.add(headers.get("authorization"));
            return answer.apply(headers);
        });
        s3 = new S3Frames(
                new Bucket("frames", "eu-central-1", Optional.of(server.uri())),
                () -> AwsBasicCredentials.create(keyId.get(), "key"),
                refused,
                1,
                Duration.ofSeconds(5),
                Clock.systemUTC());
    }

    @AfterEach
    void stop() throws IOException {
        s3.close();
        server.close();
    }

    private UploadOutcome put() {
        Frame frame = new Frame(new CameraId("gateway-1", "yard"), Instant.EPOCH, 1, OptionalInt.empty());
        return s3.put(new FrameKey(Line.LIVE, frame), JPEG);
    }

    private static String answer(String status, String headers, String body) {
        return "HTTP/1.1 " + status + "\r\n" + headers + "Connection: close\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    private static String error(String status, String code, String headers) {
        return answer(status, OF_S3 + headers, "<Error><Code>" + code + "</Code></Error>");
    }

    private static String stored(String headers) {
        return answer("200 OK", OF_S3 + "ETag: \"0\"\r\n" + headers, "");
    }

    private static String date(Instant instant) {
        return "Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC)) + "\r\n";
    }

    @ParameterizedTest
    @ValueSource(longs = {-120, 120})
    void learnsTheTimeFromS3_andSignsWithItFromThenOn(long minutes) throws Exception {
        start(_ -> false, headers -> {
            Instant there = Instant.now().plus(Duration.ofMinutes(minutes));
            Instant signed = AMZ_DATE.parse(headers.get("x-amz-date"), Instant::from);
            return Duration.between(signed, there).abs().toMinutes() > 15
                    ? error("403 Forbidden", "RequestTimeTooSkewed", date(there))
                    : stored(date(there));
        });

        assertThat(put()).isInstanceOf(UploadOutcome.Stored.class);
        assertThat(requests).as("refused, and signed again at once").hasSize(2);
        assertThat(put()).isInstanceOf(UploadOutcome.Stored.class);
        assertThat(requests).as("right at once").hasSize(3);
        assertThat(s3.clockSkewMillis()).isBetween(-minutes * 60_000 - 30_000, -minutes * 60_000 + 30_000);
    }

    @Test
    void triesAClockThatNothingMends_onceAndNotForEver() throws Exception {
        start(_ -> false, _ -> error("403 Forbidden", "RequestTimeTooSkewed", date(Instant.now())));

        assertThat(put()).isEqualTo(new UploadOutcome.Retry("S3 answered 403 RequestTimeTooSkewed"));
        assertThat(requests).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ExpiredToken", "InvalidAccessKeyId", "InvalidToken", "TokenRefreshRequired"})
    void asksForOtherCredentialsAtOnce_whenTheseAreRefused(String code) throws Exception {
        start(
                _ -> {
                    keyId.set("new");
                    return true;
                },
                headers -> headers.get("authorization").contains("Credential=old/")
                        ? error("400 Bad Request", code, "")
                        : stored(""));

        assertThat(put()).isInstanceOf(UploadOutcome.Stored.class);
        assertThat(requests).hasSize(2);
    }

    @Test
    void waits_whenThereAreNoOtherCredentials() throws Exception {
        start(_ -> false, _ -> error("400 Bad Request", "ExpiredToken", ""));

        assertThat(put()).isEqualTo(new UploadOutcome.Retry("S3 answered 400 ExpiredToken"));
        assertThat(requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "200 OK|Content-Type: text/html\r\n|<html>Please log in</html>",
                "200 OK|Content-Type: text/html\r\nETag: \"5f3\"\r\n|<html>Please log in</html>",
                "200 OK|x-amz-request-id: 1\r\n|",
                "204 No Content||",
                "302 Found|Location: http://127.0.0.1:1/login\r\n|",
                "307 Temporary Redirect|Location: http://127.0.0.1:1/login\r\n|",
                "412 Precondition Failed||<html>No</html>",
                "400 Bad Request||<html><Code>EntityTooLarge",
                "511 Network Authentication Required||<html>Please log in</html>"
            })
    void neverTakesAnImpostorsAnswerForStored_norForARefusal(String impostor) throws Exception {
        String[] parts = impostor.split("\\|", -1);
        start(_ -> false, _ -> answer(parts[0], parts[1], parts[2]));

        assertThat(put()).isInstanceOf(UploadOutcome.Retry.class);
        assertThat(s3.clockSkewMillis()).as("nor its clock for S3's").isNull();
    }

    @Test
    void doesNotTakeForStored_whatArrivedOtherwiseThanItWasSent() throws Exception {
        start(_ -> false, _ -> stored("x-amz-checksum-crc32: AAAAAA==\r\n"));

        assertThat(put()).isEqualTo(new UploadOutcome.Retry("S3 stored something else than was sent"));
    }

    @Test
    void tellsAnUplinkThatIsGone_fromAServiceThatRefuses() throws Exception {
        start(_ -> false, _ -> error("503 Slow Down", "SlowDown", ""));
        assertThat(put()).isInstanceOf(UploadOutcome.Retry.class);

        server.close();
        assertThat(put()).isInstanceOf(UploadOutcome.Unreachable.class);
    }

    @Test
    void takesForStored_whatS3HasUnderThisNameAlready() throws Exception {
        start(_ -> false, _ -> error("412 Precondition Failed", "PreconditionFailed", ""));

        assertThat(put()).isInstanceOf(UploadOutcome.Stored.class);
    }
}
