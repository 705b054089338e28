package dev.affray.cloud.fleet.rekognition;

import static dev.affray.cloud.fleet.rekognition.RekognitionStandIn.PROJECTS;
import static dev.affray.cloud.fleet.rekognition.RekognitionStandIn.VERSIONS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.cloud.fleet.Model.State;
import dev.affray.cloud.fleet.rekognition.RekognitionStandIn.Request;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rekognition.RekognitionClient;

class RekognitionModelTest {
    private static final ModelVersion VERSION =
            ModelVersion.of(RekognitionStandIn.MODEL).orElseThrow();

    private final RekognitionStandIn rekognition = new RekognitionStandIn();

    @AfterEach
    void close() {
        rekognition.close();
    }

    private State state() {
        return state(rekognition.endpoint());
    }

    private static State state(URI endpoint) {
        try (RekognitionClient client = RekognitionClient.builder()
                .region(Region.of(VERSION.region()))
                .endpointOverride(endpoint)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create("AKIDEXAMPLE", "not-a-real-secret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(o -> o.retryStrategy(RetryMode.STANDARD))
                .build()) {
            return new RekognitionModel(client, VERSION).state();
        }
    }

    private static State off(String how) {
        return new State.Off("fights.1", how);
    }

    @Test
    void asksForTheProjectByItsName_andThenForTheVersionInIt_signedForItsRegion() {
        assertThat(state()).isEqualTo(new State.Running());

        assertThat(rekognition.requests).extracting(Request::operation).containsExactly(PROJECTS, VERSIONS);
        assertThat(rekognition.requests.get(0).body()).hasToString("{\"ProjectNames\":[\"fights\"]}");
        assertThat(rekognition.requests.get(1).body())
                .hasToString("{\"ProjectArn\":\"" + RekognitionStandIn.PROJECT + "\",\"VersionNames\":[\"fights.1\"]}");
        assertThat(rekognition.requests)
                .allSatisfy(request -> assertThat(request.authorization())
                        .contains("Credential=AKIDEXAMPLE/", "/eu-west-1/rekognition/aws4_request"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"STOPPED", "STOPPING", "FAILED", "DELETING", "TRAINING_COMPLETED", "EXPIRED", "NEVER_HEARD_OF"})
    void whatNeitherRunsNorStartsIsOff(String status) {
        rekognition.status(status);
        assertThat(state()).isEqualTo(off(status));
    }

    @Test
    void whatStartsIsWaitedFor() {
        rekognition.status("STARTING");
        assertThat(state()).isEqualTo(new State.Starting());
    }

    @Test
    void aVersionThatIsNotThereIsOff_alsoWhenAnotherHasItsName() {
        rekognition.version(RekognitionStandIn.MODEL.replace("1700000000000", "1800000000000"), "RUNNING");
        assertThat(state()).isEqualTo(off("not there"));
        rekognition.answer(VERSIONS, 200, "{\"ProjectVersionDescriptions\":[]}");
        assertThat(state()).isEqualTo(off("not there"));
        rekognition.error(VERSIONS, 400, "ResourceNotFoundException");
        assertThat(state()).isEqualTo(off("not there"));
        rekognition.answer(PROJECTS, 200, "{\"ProjectDescriptions\":[]}");
        assertThat(state()).isEqualTo(off("not there"));
    }

    @ParameterizedTest
    @CsvSource({
        "DescribeProjects, 400, AccessDeniedException",
        "DescribeProjectVersions, 400, AccessDeniedException",
        "DescribeProjects, 400, ThrottlingException",
        "DescribeProjectVersions, 400, ProvisionedThroughputExceededException",
        "DescribeProjectVersions, 500, InternalServerError",
        "DescribeProjects, 400, InvalidParameterException"
    })
    void anErrorSaysNothingOfTheModel(String operation, int status, String type) {
        rekognition.error(operation, status, type);
        assertThat(state())
                .isInstanceOfSatisfying(
                        State.Unknown.class,
                        unknown -> assertThat(unknown.reason()).contains(type).doesNotContain("111122223333"));
    }

    @Test
    void norDoesAnEndpointThatIsNotThere() {
        URI gone = rekognition.endpoint();
        rekognition.close();
        assertThat(state(gone)).isInstanceOf(State.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fights.1", RekognitionStandIn.PROJECT})
    void onlyTheArnOfAVersionNamesOne(String arn) {
        assertThat(ModelVersion.of(arn)).isEmpty();
    }
}
