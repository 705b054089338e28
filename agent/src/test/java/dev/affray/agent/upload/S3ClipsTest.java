package dev.affray.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affray.command.ClipKey;
import dev.affray.command.CommandKind;
import dev.affray.frame.CameraId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** Files on their way to S3, against a server that says anything. */
class S3ClipsTest {
    private static final ClipKey KEY =
            new ClipKey(new CameraId("gateway-1", "yard"), LocalDate.EPOCH, "c1", CommandKind.CLIP);
    private static final String STORED =
            "HTTP/1.1 200 OK\r\nx-amz-request-id: 1\r\nETag: \"0\"\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    private static final Duration SHORT = Duration.ofMillis(600);

    @TempDir
    Path folder;

    private final List<Map<String, String>> requests = Collections.synchronizedList(new ArrayList<>());
    private Path file;
    private RawServer server;
    private S3Clips s3;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("clip.mp4");
        Files.write(file, new byte[100_000]);
    }

    private void start(Optional<Bandwidth> cap, Function<Integer, String> answer) throws IOException {
        server = new RawServer(headers -> {
            requests.add(headers);
            return answer.apply(requests.size());
        });
        s3 = new S3Clips(
                new Bucket("frames", "eu-central-1", Optional.of(server.uri())),
                () -> AwsBasicCredentials.create("id", "key"),
                _ -> false,
                cap,
                Clock.systemUTC(),
                Duration.ofMillis(10));
    }

    @AfterEach
    void stop() throws IOException {
        s3.close();
        server.close();
    }

    private static String error(String status, String code) {
        String body = "<Error><Code>" + code + "</Code></Error>";
        return "HTTP/1.1 " + status + "\r\nx-amz-request-id: 1\r\nConnection: close\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    @Test
    void storesAFile_onlyWhereThereIsNoneYet() throws Exception {
        start(Optional.empty(), _ -> STORED);

        assertThat(s3.put(KEY, file, Duration.ofSeconds(10))).isInstanceOf(UploadOutcome.Stored.class);
        assertThat(requests).hasSize(1);
        assertThat(requests.getFirst())
                .containsEntry("if-none-match", "*")
                .containsEntry("content-type", "video/mp4")
                .containsEntry("x-amz-decoded-content-length", "100000");
    }

    @Test
    void triesAgain_untilItIsStored() throws Exception {
        start(Optional.empty(), n -> n < 3 ? error("503 Slow Down", "SlowDown") : STORED);

        assertThat(s3.put(KEY, file, Duration.ofSeconds(10))).isInstanceOf(UploadOutcome.Stored.class);
        assertThat(requests).hasSize(3);
    }

    @Test
    void saysWhyItCouldNot_whenItsTimeIsOver() throws Exception {
        start(Optional.empty(), _ -> error("403 Forbidden", "AccessDenied"));

        assertThat(s3.put(KEY, file, SHORT)).isEqualTo(new UploadOutcome.Retry("S3 answered 403 AccessDenied"));
        assertThat(requests).hasSizeGreaterThan(1);
    }

    @Test
    void triesNoMore_whereThatIsNoUse() throws Exception {
        start(Optional.empty(), _ -> error("400 Bad Request", "EntityTooLarge"));

        assertThat(s3.put(KEY, file, Duration.ofSeconds(10)))
                .isEqualTo(new UploadOutcome.Rejected("S3 answered 400 EntityTooLarge"));
    }

    @Test
    void anObjectThatIsThereAlready_isThisOne() throws Exception {
        start(Optional.empty(), _ -> error("412 Precondition Failed", "PreconditionFailed"));

        assertThat(s3.put(KEY, file, Duration.ofSeconds(10))).isInstanceOf(UploadOutcome.Stored.class);
    }

    @Test
    void paysForEveryByte_whereTheUplinkIsCapped() throws Exception {
        Bandwidth cap = new Bandwidth(1_000_000, System::nanoTime);
        long began = System.nanoTime();
        start(Optional.of(cap), _ -> STORED);

        assertThat(s3.put(KEY, file, Duration.ofSeconds(10))).isInstanceOf(UploadOutcome.Stored.class);
        assertThat(System.nanoTime() + cap.leftNanos() - began)
                .isGreaterThan(Duration.ofMillis(99).toNanos());
    }

    @Test
    void aFileThatIsNotThere_isAnError() throws Exception {
        start(Optional.empty(), _ -> STORED);

        assertThatThrownBy(() -> s3.put(KEY, folder.resolve("none"), SHORT)).isInstanceOf(NoSuchFileException.class);
        assertThat(requests).isEmpty();
    }
}
