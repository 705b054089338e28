package dev.affray.agent.enroll;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iot.IotClient;
import software.amazon.awssdk.services.iot.IotClientBuilder;
import software.amazon.awssdk.services.iot.model.CertificateStatus;
import software.amazon.awssdk.services.iot.model.CreateCertificateFromCsrResponse;
import software.amazon.awssdk.services.iot.model.ResourceNotFoundException;

/**
 * AWS IoT's control plane, as far as enrolling needs it, with the credentials that every AWS program finds. Each failure is told in words that name
 * the permission or the setting that is missing.
 */
public final class ControlPlane implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final IotClient client;

    private ControlPlane(IotClient client) {
        this.client = client;
    }

    /**
     * @param region or null for that of the AWS profile or environment
     * @throws EnrolmentException when there is no region
     */
    public static ControlPlane connect(@Nullable String region) throws EnrolmentException {
        IotClientBuilder builder = IotClient.builder()
                .httpClientBuilder(ApacheHttpClient.builder().socketTimeout(PATIENCE))
                .overrideConfiguration(configuration -> configuration.apiCallTimeout(PATIENCE.multipliedBy(2)));
        if (region != null) {
            builder.region(Region.of(region));
        }
        try {
            return new ControlPlane(builder.build());
        } catch (SdkClientException e) {
            throw new EnrolmentException(
                    "no AWS region: give --region, or set AWS_REGION or the region of the AWS profile");
        }
    }

    String region() {
        return client.serviceClientConfiguration().region().id();
    }

    /** The host for this use of AWS IoT, such as {@code iot:Data-ATS}. */
    String endpoint(String type) throws EnrolmentException {
        return call("iot:DescribeEndpoint", () -> client.describeEndpoint(request -> request.endpointType(type)))
                .endpointAddress();
    }

    boolean hasPolicy(String name) throws EnrolmentException {
        return found("iot:GetPolicy", () -> client.getPolicy(request -> request.policyName(name)))
                .isPresent();
    }

    boolean hasRoleAlias(String name) throws EnrolmentException {
        return found("iot:DescribeRoleAlias", () -> client.describeRoleAlias(request -> request.roleAlias(name)))
                .isPresent();
    }

    /** The thing's attributes, if there is such a thing. */
    Optional<Map<String, String>> thing(String name) throws EnrolmentException {
        return found("iot:DescribeThing", () -> client.describeThing(request -> request.thingName(name)))
                .map(thing -> Map.copyOf(thing.attributes()));
    }

    /** The ARNs of what is attached to a thing. */
    List<String> principals(String thing) throws EnrolmentException {
        return call(
                "iot:ListThingPrincipals",
                () -> client.listThingPrincipalsPaginator(request -> request.thingName(thing)).stream()
                        .flatMap(page -> page.principals().stream())
                        .toList());
    }

    void createThing(String name, Map<String, String> attributes) throws EnrolmentException {
        var _ = call(
                "iot:CreateThing",
                () -> client.createThing(request ->
                        request.thingName(name).attributePayload(payload -> payload.attributes(attributes))));
    }

    /** Sets these attributes; others stay. */
    void addAttributes(String thing, Map<String, String> attributes) throws EnrolmentException {
        var _ = call(
                "iot:UpdateThing",
                () -> client.updateThing(request -> request.thingName(thing)
                        .attributePayload(
                                payload -> payload.attributes(attributes).merge(true))));
    }

    /** A certificate in AWS IoT; {@code pem} is only in the answer to making it. */
    record Certificate(String arn, String id, String pem) {}

    Certificate createCertificate(String signingRequest) throws EnrolmentException {
        CreateCertificateFromCsrResponse made = call(
                "iot:CreateCertificateFromCsr",
                () -> client.createCertificateFromCsr(request ->
                        request.certificateSigningRequest(signingRequest).setAsActive(true)));
        return new Certificate(made.certificateArn(), made.certificateId(), made.certificatePem());
    }

    /** A certificate's ARN when it is active; otherwise its status, or that there is none. */
    sealed interface Standing {
        record Active(String arn) implements Standing {}

        record Unusable(String status) implements Standing {}
    }

    Standing standing(String certificateId) throws EnrolmentException {
        var found = found(
                "iot:DescribeCertificate",
                () -> client.describeCertificate(request -> request.certificateId(certificateId)));
        if (found.isEmpty()) {
            return new Standing.Unusable("not known");
        }
        var description = found.get().certificateDescription();
        return description.status() == CertificateStatus.ACTIVE
                ? new Standing.Active(description.certificateArn())
                : new Standing.Unusable(description.statusAsString());
    }

    void attachPolicy(String policy, String certificateArn) throws EnrolmentException {
        var _ = call(
                "iot:AttachPolicy",
                () -> client.attachPolicy(request -> request.policyName(policy).target(certificateArn)));
    }

    void attachToThing(String thing, String certificateArn) throws EnrolmentException {
        var _ = call(
                "iot:AttachThingPrincipal",
                () -> client.attachThingPrincipal(
                        request -> request.thingName(thing).principal(certificateArn)));
    }

    private <T> Optional<T> found(String permission, Supplier<T> request) throws EnrolmentException {
        return call(permission, () -> {
            try {
                return Optional.of(request.get());
            } catch (ResourceNotFoundException e) {
                return Optional.empty();
            }
        });
    }

    private <T> T call(String permission, Supplier<T> request) throws EnrolmentException {
        try {
            return request.get();
        } catch (AwsServiceException e) {
            throw new EnrolmentException(refusal(permission, e));
        } catch (SdkClientException e) {
            throw new EnrolmentException(permission + " could not be asked for: " + trouble(e));
        }
    }

    private String refusal(String permission, AwsServiceException e) {
        String code = String.valueOf(
                e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode());
        String said =
                e.awsErrorDetails() == null ? "" : " (" + e.awsErrorDetails().errorMessage() + ")";
        return switch (e.statusCode()) {
            case 401, 403 ->
                code.contains("Token") || code.contains("Signature") || code.contains("Unrecognized")
                        ? "AWS does not accept these credentials: " + code
                                + "; sign in again, or see that the clock is right"
                        : "the AWS credentials may not do " + permission + " in " + region() + said;
            default -> permission + " failed with " + e.statusCode() + " " + code + said;
        };
    }

    private String trouble(SdkClientException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("Unable to load credentials")) {
            return "there are no AWS credentials; sign in (aws sso login), set AWS_PROFILE, or set AWS_ACCESS_KEY_ID and"
                    + " AWS_SECRET_ACCESS_KEY. They are used once and not kept";
        }
        return message + "; is there a way to the network, and is " + region() + " an AWS region?";
    }

    @Override
    public void close() {
        client.close();
    }
}
