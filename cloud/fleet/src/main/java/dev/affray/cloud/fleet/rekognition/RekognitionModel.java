package dev.affray.cloud.fleet.rekognition;

import dev.affray.cloud.fleet.Model;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.rekognition.RekognitionClient;
import software.amazon.awssdk.services.rekognition.model.ProjectDescription;
import software.amazon.awssdk.services.rekognition.model.ProjectVersionDescription;
import software.amazon.awssdk.services.rekognition.model.ResourceNotFoundException;

/**
 * Asks Rekognition for the status of a version: first for the ARN of its project, by name, then for the version in it. The status is taken as
 * <a href="https://docs.aws.amazon.com/rekognition/latest/APIReference/API_ProjectVersionDescription.html">documented</a>: only {@code RUNNING} judges,
 * only {@code STARTING} comes to that by itself. Thread-safe.
 */
public final class RekognitionModel implements Model {
    private static final String MISSING = "not there";

    private final RekognitionClient client;
    private final ModelVersion version;

    /**
     * Asks nothing yet.
     *
     * @param client of the version's region, with time-outs of its own; stays the caller's
     */
    public RekognitionModel(RekognitionClient client, ModelVersion version) {
        this.client = client;
        this.version = version;
    }

    @Override
    public State state() {
        try {
            return project().flatMap(this::status).map(this::of).orElseGet(() -> off(MISSING));
        } catch (ResourceNotFoundException e) {
            return off(MISSING);
        } catch (AwsServiceException e) {
            return new State.Unknown(reason(e));
        } catch (SdkException e) {
            return new State.Unknown("Rekognition cannot be asked: " + e.getMessage());
        }
    }

    private Optional<String> project() {
        return client.describeProjectsPaginator(b -> b.projectNames(version.project())).projectDescriptions().stream()
                .map(ProjectDescription::projectArn)
                .filter(arn -> arn.contains(":project/" + version.project() + "/"))
                .findFirst();
    }

    /** Another version may have taken the name of one that was deleted; its ARN is another. */
    private Optional<String> status(String project) {
        return client
                .describeProjectVersionsPaginator(b -> b.projectArn(project).versionNames(version.name()))
                .projectVersionDescriptions()
                .stream()
                .filter(found -> version.arn().equals(found.projectVersionArn()))
                .map(ProjectVersionDescription::statusAsString)
                .findFirst();
    }

    private State of(String status) {
        return switch (status) {
            case "RUNNING" -> new State.Running();
            case "STARTING" -> new State.Starting();
            default -> off(status);
        };
    }

    private State off(String how) {
        return new State.Off(version.name(), how);
    }

    /** Rekognition's own message is left out: it may name the account. */
    private static String reason(AwsServiceException e) {
        String code = e.awsErrorDetails() == null
                ? "status " + e.statusCode()
                : e.awsErrorDetails().errorCode();
        return "Rekognition answers " + code
                + (e.isThrottlingException()
                        ? ": it passes"
                        : ": it needs rekognition:DescribeProjects on *, and rekognition:DescribeProjectVersions on the project");
    }
}
