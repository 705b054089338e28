package dev.affray.agent.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.camera.Reported;
import dev.affray.document.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iotdataplane.IotDataPlaneClient;
import software.amazon.awssdk.services.iotdataplane.IotDataPlaneClientBuilder;
import software.amazon.awssdk.services.iotdataplane.model.IotDataPlaneException;
import software.amazon.awssdk.services.iotdataplane.model.ResourceNotFoundException;

/** The named shadows of one thing, and messages to it, over HTTP and with an administrator's credentials. Thread-safe. */
public final class ThingShadows implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String thing;
    private final boolean local;
    private final IotDataPlaneClient client;

    private ThingShadows(String thing, boolean local, IotDataPlaneClient client) {
        this.thing = thing;
        this.local = local;
        this.client = client;
    }

    /**
     * In AWS, with the credentials of the environment, profile or single sign-on.
     *
     * @param region empty for that of the environment or profile
     * @throws DesiredException when no region is known
     */
    public static ThingShadows inAws(String thing, Optional<String> region) throws DesiredException {
        IotDataPlaneClientBuilder builder = builder();
        region.ifPresent(name -> builder.region(Region.of(name)));
        try {
            return new ThingShadows(thing, false, builder.build());
        } catch (SdkClientException e) {
            throw new DesiredException("no AWS region is known; name it with --region, or in the AWS profile", e);
        }
    }

    /** In a local edition on this machine. */
    public static ThingShadows in(LocalEdition edition) {
        return new ThingShadows(
                edition.thing(),
                true,
                builder()
                        .region(Region.of(edition.region()))
                        .endpointOverride(edition.endpoint())
                        .credentialsProvider(StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(edition.accessKeyId(), edition.secretAccessKey())))
                        .build());
    }

    private static IotDataPlaneClientBuilder builder() {
        return IotDataPlaneClient.builder()
                .httpClientBuilder(ApacheHttpClient.builder().connectionTimeout(PATIENCE.dividedBy(4)))
                .overrideConfiguration(configuration -> configuration.apiCallTimeout(PATIENCE));
    }

    /** Whose they are. */
    public String thing() {
        return thing;
    }

    /** One of them; empty where there is none of that name. */
    Optional<Held> get(String shadow) throws DesiredException {
        return asked("iot:GetThingShadow", shadow, () -> {
            try {
                SdkBytes payload = client.getThingShadow(
                                request -> request.thingName(thing).shadowName(shadow))
                        .payload();
                return Optional.of(held(Json.tree(payload.asByteArray())));
            } catch (ResourceNotFoundException e) {
                return Optional.<Held>empty();
            }
        });
    }

    private static Held held(JsonNode document) {
        JsonNode desired = document.path("state").path("desired");
        return new Held(
                document.path("version").asLong(),
                desired instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode(),
                reported(document.path("state").path("reported")));
    }

    private static Optional<Reported> reported(JsonNode state) {
        if (!state.isObject()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(state.toString(), Reported.class));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Merges a document into what is desired.
     *
     * @param version which the shadow must have; empty for any
     * @return the version that it has now
     * @throws DesiredException a conflict when it has another version
     */
    long update(String shadow, ObjectNode patch, OptionalLong version) throws DesiredException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("state").set("desired", patch);
        version.ifPresent(known -> body.put("version", known));
        return asked("iot:UpdateThingShadow", shadow, () -> {
            SdkBytes payload = client.updateThingShadow(request -> request.thingName(thing)
                            .shadowName(shadow)
                            .payload(SdkBytes.fromUtf8String(Json.write(body))))
                    .payload();
            return Json.tree(payload.asByteArray()).path("version").asLong();
        });
    }

    /** Deletes one of them; false where there was none. */
    boolean delete(String shadow) throws DesiredException {
        return asked("iot:DeleteThingShadow", shadow, () -> {
            try {
                var _ = client.deleteThingShadow(
                        request -> request.thingName(thing).shadowName(shadow));
                return true;
            } catch (ResourceNotFoundException e) {
                return false;
            }
        });
    }

    /** Publishes a message at QoS 1. That it was taken says nothing of who heard it. */
    void publish(String topic, byte[] payload) throws DesiredException {
        var _ = called(
                "iot:Publish",
                "topic/" + topic,
                topic,
                () -> client.publish(request -> request.topic(topic).qos(1).payload(SdkBytes.fromByteArray(payload))));
    }

    /** The message that is kept on a topic; empty where there is none. */
    Optional<byte[]> kept(String topic) throws DesiredException {
        return called("iot:GetRetainedMessage", "topic/" + topic, topic, () -> {
            try {
                return Optional.of(client.getRetainedMessage(request -> request.topic(topic))
                        .payload()
                        .asByteArray());
            } catch (ResourceNotFoundException e) {
                return Optional.<byte[]>empty();
            }
        });
    }

    private <T> T asked(String action, String shadow, Supplier<T> call) throws DesiredException {
        return called(action, "thing/" + thing, "shadow " + shadow + " of " + thing, call);
    }

    /**
     * @param resource that the action must be allowed on
     * @param what it is about, in words
     */
    private <T> T called(String action, String resource, String what, Supplier<T> call) throws DesiredException {
        try {
            return call.get();
        } catch (IotDataPlaneException e) {
            throw new DesiredException(refusal(action, resource, what + ": ", e), e.statusCode() == 409, e);
        } catch (SdkClientException e) {
            throw new DesiredException(hindrance(e), e);
        } catch (IllegalArgumentException e) {
            throw new DesiredException("the answer about " + what + " is no JSON", e);
        }
    }

    private static String refusal(String action, String resource, String what, IotDataPlaneException e) {
        return switch (e.statusCode()) {
            case 401, 403 ->
                what + "refused (" + e.statusCode() + "); these credentials need " + action + " on " + resource
                        + ", and must be of the right account";
            case 409 -> what + "somebody else changed it meanwhile";
            case 413 -> what + "it would be larger than AWS IoT's 8 KB, with what the gateway reports";
            case 429 -> what + "AWS IoT asks for patience; try again in a while";
            default ->
                what + "AWS IoT answered " + e.statusCode() + ": "
                        + (e.awsErrorDetails() == null
                                ? "nothing more"
                                : e.awsErrorDetails().errorMessage());
        };
    }

    private String hindrance(SdkClientException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("credentials")) {
            return "there are no AWS credentials: sign in (aws sso login), or set AWS_PROFILE or AWS_ACCESS_KEY_ID";
        }
        return local
                ? "the local edition does not answer: is affray-local running with this data folder?"
                : "AWS IoT cannot be reached: " + message;
    }

    @Override
    public void close() {
        client.close();
    }
}
