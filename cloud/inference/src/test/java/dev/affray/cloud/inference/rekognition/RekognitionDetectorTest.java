package dev.affray.cloud.inference.rekognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.cloud.inference.Cause;
import dev.affray.cloud.inference.Detector;
import dev.affray.cloud.inference.Detector.Opinion;
import dev.affray.cloud.inference.wire.StandIn;
import dev.affray.cloud.inference.wire.StandIn.Answer;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rekognition.RekognitionClient;
import software.amazon.awssdk.services.rekognition.RekognitionClientBuilder;

class RekognitionDetectorTest {
    private static final String MODEL =
            "arn:aws:rekognition:eu-west-1:111122223333:project/fights/version/fights.v3/1700000000000";
    private static final FrameKey KEY = new FrameKey(
            Line.LIVE,
            new Frame(
                    new CameraId("gate-way_1", "front_door-2"),
                    Instant.ofEpochMilli(1_795_000_000_000L),
                    7,
                    OptionalInt.empty()));

    private final AtomicReference<Answer> answer = new AtomicReference<>(Answer.ok("{\"CustomLabels\":[]}"));
    private final StandIn rekognition = new StandIn(_ -> answer.get());

    @AfterEach
    void close() {
        rekognition.close();
    }

    @Test
    void givesTheStrongestLabelThatCounts_whateverItsCase() {
        answer.set(Answer.ok("""
                        {"CustomLabels":[{"Name":"Crowd","Confidence":99.5},{"Name":"Fight","Confidence":12.25},
                         {"Name":"fight","Confidence":61.5},{"Name":"PUSHING","Confidence":40.0}]}"""));

        assertThat(customLabels("FIGHT", "pushing").judge("frames", KEY))
                .isEqualTo(new Opinion.Judged("rekognition-custom-labels/fights.v3", "fight", 61.5));
    }

    @Test
    void givesNone_whenNoLabelThatCountsWasSeen() {
        answer.set(Answer.ok("{\"CustomLabels\":[{\"Name\":\"crowd\",\"Confidence\":99.5}]}"));

        assertThat(customLabels("fight").judge("frames", KEY))
                .isEqualTo(new Opinion.Judged("rekognition-custom-labels/fights.v3", "none", 0));
    }

    @Test
    void asksTheConfiguredModelAboutTheObjectInS3_forLabelsOfAnyConfidence_signed() {
        customLabels("fight").judge("frames", KEY);

        assertThat(rekognition.requests()).singleElement().satisfies(request -> {
            assertThat(request.service()).isEqualTo("RekognitionService");
            assertThat(request.operation()).isEqualTo("DetectCustomLabels");
            JsonNode body = request.body();
            assertThat(body.get("ProjectVersionArn").asText()).isEqualTo(MODEL);
            assertThat(body.at("/Image/S3Object/Bucket").asText()).isEqualTo("frames");
            assertThat(body.at("/Image/S3Object/Name").asText()).isEqualTo(KEY.format());
            assertThat(body.at("/Image").has("Bytes")).isFalse();
            assertThat(body.get("MinConfidence").asDouble()).isZero();
            assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/x-amz-json-1.1");
            assertThat(request.headers().getFirst("Authorization"))
                    .startsWith("AWS4-HMAC-SHA256 ")
                    .contains("/eu-west-1/rekognition/aws4_request");
        });
    }

    @Test
    void moderationAsksAboutBytes_andTakesALabelOfAnyLevel() {
        answer.set(Answer.ok("""
                        {"ModerationLabels":[{"Name":"Violence","ParentName":"","Confidence":93.0,"TaxonomyLevel":1},
                         {"Name":"Physical Violence","ParentName":"Graphic Violence","Confidence":88.5,"TaxonomyLevel":3}],
                         "ModerationModelVersion":"7.0"}"""));
        byte[] jpeg = {1, 2, 3};
        Detector detector = new ModerationDetector(
                client(Client.builder()), Pictures.ofBytes(_ -> Optional.of(jpeg)), ModerationDetector.FIGHT_LABELS);

        assertThat(detector.judge("frames", KEY))
                .isEqualTo(new Opinion.Judged("rekognition-moderation", "Physical Violence", 88.5));

        assertThat(detector.name()).isEqualTo("rekognition-moderation");
        assertThat(rekognition.requests()).singleElement().satisfies(request -> {
            assertThat(request.operation()).isEqualTo("DetectModerationLabels");
            assertThat(Base64.getDecoder()
                            .decode(request.body().at("/Image/Bytes").asText()))
                    .isEqualTo(jpeg);
            assertThat(request.body().get("MinConfidence").asDouble()).isZero();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "400, ThrottlingException, THROTTLED",
        "400, ProvisionedThroughputExceededException, THROTTLED",
        "400, LimitExceededException, THROTTLED",
        "429, SomethingNew, THROTTLED",
        "400, ResourceNotReadyException, MODEL_NOT_RUNNING",
        "400, AccessDeniedException, DENIED",
        "400, ExpiredTokenException, DENIED",
        "400, UnrecognizedClientException, DENIED",
        "403, SomethingNew, DENIED",
        "400, ResourceNotFoundException, MISCONFIGURED",
        "400, InvalidParameterException, MISCONFIGURED",
        "400, InvalidS3ObjectException, UNREADABLE",
        "500, InternalServerError, FAILED",
        "503, ServiceUnavailable, FAILED",
        "400, SomethingNew, FAILED"
    })
    void whatTimeOrAPersonCanMend_waitsWithItsCause_andNamesNoAccount(int status, String type, Cause cause) {
        answer.set(Answer.error(status, type));

        assertThat(customLabels("fight").judge("frames", KEY)).isInstanceOfSatisfying(Opinion.Later.class, later -> {
            assertThat(later.cause()).isEqualTo(cause);
            assertThat(later.reason()).contains(type).doesNotContain("111122223333");
        });
        assertThat(rekognition.requests()).hasSizeBetween(1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"InvalidImageFormatException", "ImageTooLargeException"})
    void aPictureThatCanNeverBeJudgedIsUnusable_andAskedAboutOnce(String type) {
        answer.set(Answer.error(400, type));

        assertThat(customLabels("fight").judge("frames", KEY)).isInstanceOf(Opinion.Unusable.class);
        assertThat(rekognition.requests()).hasSize(1);
    }

    @Test
    void waits_whenThereIsNoAnswerInTime() {
        answer.set(Answer.silence());
        RekognitionClient impatient = client(Client.builder(Duration.ofMillis(300), Duration.ofMillis(200)));

        assertThat(new CustomLabelsDetector(impatient, Pictures.inS3(), MODEL, List.of("fight")).judge("frames", KEY))
                .isInstanceOfSatisfying(
                        Opinion.Later.class, later -> assertThat(later.cause()).isEqualTo(Cause.SLOW));
    }

    @Test
    void waits_whenRekognitionCannotBeReached() {
        RekognitionClient lost = client(Client.builder(), URI.create("http://127.0.0.1:1"), keys());

        assertThat(new ModerationDetector(lost, Pictures.inS3(), List.of("x")).judge("frames", KEY))
                .isInstanceOfSatisfying(
                        Opinion.Later.class, later -> assertThat(later.cause()).isEqualTo(Cause.FAILED));
    }

    @Test
    void isDenied_whenThereAreNoCredentials() {
        AwsCredentialsProvider none = AwsCredentialsProviderChain.of(SystemPropertyCredentialsProvider.create());
        RekognitionClient nobody = client(Client.builder(), rekognition.endpoint(), none);

        assertThat(new ModerationDetector(nobody, Pictures.inS3(), List.of("x")).judge("frames", KEY))
                .isInstanceOfSatisfying(
                        Opinion.Later.class, later -> assertThat(later.cause()).isEqualTo(Cause.DENIED));
        assertThat(rekognition.requests()).isEmpty();
    }

    @Test
    void asksNothing_whenTheFrameIsGone_orTooLargeToSend() {
        RekognitionClient client = client(Client.builder());

        assertThat(new ModerationDetector(client, Pictures.ofBytes(_ -> Optional.empty()), List.of("x"))
                        .judge("b", KEY))
                .isInstanceOf(Opinion.Unusable.class);
        byte[] large = new byte[Pictures.MOST_BYTES + 1];
        assertThat(new ModerationDetector(client, Pictures.ofBytes(_ -> Optional.of(large)), List.of("x"))
                        .judge("b", KEY))
                .isInstanceOf(Opinion.Unusable.class);
        assertThat(rekognition.requests()).isEmpty();
    }

    @Test
    void itsNameTellsTheKindAndTheModelsVersion_butNotTheAccount() {
        assertThat(customLabels("fight").name()).isEqualTo("rekognition-custom-labels/fights.v3");
    }

    @Test
    void refusesAnArnThatIsNoModelVersion_andADetectorForWhichNothingCounts() {
        RekognitionClient client = client(Client.builder());

        assertThatThrownBy(() -> new CustomLabelsDetector(
                        client,
                        Pictures.inS3(),
                        MODEL.replace("/version/fights.v3/1700000000000", ""),
                        List.of("fight")))
                .hasMessageContaining("project/PROJECT/version/VERSION/TIMESTAMP");
        assertThatThrownBy(() -> new ModerationDetector(client, Pictures.inS3(), List.of()))
                .hasMessageContaining("no labels");
    }

    private Detector customLabels(String... labels) {
        return new CustomLabelsDetector(client(Client.builder()), Pictures.inS3(), MODEL, List.of(labels));
    }

    private RekognitionClient client(RekognitionClientBuilder builder) {
        return client(builder, rekognition.endpoint(), keys());
    }

    private static RekognitionClient client(
            RekognitionClientBuilder builder, URI endpoint, AwsCredentialsProvider credentials) {
        return builder.endpointOverride(endpoint)
                .region(Region.EU_WEST_1)
                .credentialsProvider(credentials)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    private static AwsCredentialsProvider keys() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"));
    }
}
