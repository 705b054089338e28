package dev.affray.cloud.local.iot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.cloud.local.pki.Authority;
import dev.affray.document.Json;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.crt.iot.MqttRequestResponseClientOptions;
import software.amazon.awssdk.crt.iot.StreamingOperation;
import software.amazon.awssdk.iot.V2ClientStreamOptions;
import software.amazon.awssdk.iot.iotshadow.IotShadowV2Client;
import software.amazon.awssdk.iot.iotshadow.model.DeleteNamedShadowRequest;
import software.amazon.awssdk.iot.iotshadow.model.GetNamedShadowRequest;
import software.amazon.awssdk.iot.iotshadow.model.GetShadowResponse;
import software.amazon.awssdk.iot.iotshadow.model.NamedShadowDeltaUpdatedSubscriptionRequest;
import software.amazon.awssdk.iot.iotshadow.model.ShadowDeltaUpdatedEvent;
import software.amazon.awssdk.iot.iotshadow.model.ShadowState;
import software.amazon.awssdk.iot.iotshadow.model.UpdateNamedShadowRequest;
import software.amazon.awssdk.iot.iotshadow.model.UpdateShadowResponse;
import software.amazon.awssdk.iot.iotshadow.model.V2ErrorResponseException;

/** Shadows through the AWS IoT device SDK's shadow client, over a restart of the broker. */
class BrokerShadowTest {
    private static final String THING = "gw";
    private static final String SHADOW = "camera-1";

    @TempDir
    Path folder;

    private final RecordedRules rules = new RecordedRules();

    private Broker start(ShadowService shadows) throws Exception {
        return Broker.start(folder.resolve("mqtt"), 0, Authority.open(folder.resolve("pki")), rules, shadows);
    }

    private ShadowService shadows() throws Exception {
        return ShadowService.open(folder.resolve("shadows"));
    }

    private TestGateway connect(Broker broker) throws Exception {
        return TestGateway.open(Authority.open(folder.resolve("pki")).gateway(THING), broker.port());
    }

    private static IotShadowV2Client client(TestGateway gateway) throws Exception {
        return IotShadowV2Client.newFromMqtt5(
                gateway.client(),
                MqttRequestResponseClientOptions.builder()
                        .withMaxRequestResponseSubscriptions(4)
                        .withMaxStreamingSubscriptions(2)
                        .withOperationTimeoutSeconds(20)
                        .build());
    }

    private static JsonNode json(String text) {
        return Json.tree(text.replace('\'', '"'));
    }

    @Test
    void servesTheShadowClientOfTheDeviceSdk_overARestart() throws Exception {
        ShadowService shadows = shadows();
        try (Broker broker = start(shadows);
                TestGateway gateway = connect(broker);
                IotShadowV2Client client = client(gateway)) {
            assertThat(errorOf(() -> get(client))).isEqualTo(404);

            BlockingQueue<ShadowDeltaUpdatedEvent> deltas = new LinkedBlockingQueue<>();
            try (StreamingOperation stream = deltas(client, deltas)) {
                var _ = shadows.update(THING, SHADOW, json("{'fps':2,'name':'Yard'}"));
                ShadowDeltaUpdatedEvent delta = deltas.poll(20, TimeUnit.SECONDS);
                assertThat(delta).isNotNull();
                assertThat(delta.state).isEqualTo(Map.of("fps", 2.0, "name", "Yard"));
                assertThat(delta.version).isEqualTo(1);
                assertThat(delta.metadata).containsOnlyKeys("fps", "name");
            }
            assertThat(json(rules.nextDocuments().substring((THING + " " + SHADOW + " ").length()))
                            .at("/current/state/desired"))
                    .isEqualTo(json("{'fps':2,'name':'Yard'}"));

            assertThat(report(client, null, Map.of("fps", 2, "name", "Yard")).version)
                    .isEqualTo(2);
            assertThat(errorOf(() -> report(client, 1, Map.of("fps", 3)))).isEqualTo(409);
            GetShadowResponse held = get(client);
            assertThat(held.version).isEqualTo(2);
            assertThat(held.state.delta).isNull();
            assertThat(held.metadata.reported).containsOnlyKeys("fps", "name");
        }
        try (Broker broker = start(shadows());
                TestGateway gateway = connect(broker);
                IotShadowV2Client client = client(gateway)) {
            GetShadowResponse held = get(client);
            assertThat(held.version).isEqualTo(2);
            assertThat(held.state.desired).isEqualTo(Map.of("fps", 2.0, "name", "Yard"));

            DeleteNamedShadowRequest delete = new DeleteNamedShadowRequest();
            delete.thingName = THING;
            delete.shadowName = SHADOW;
            assertThat(client.deleteNamedShadow(delete).get(20, TimeUnit.SECONDS).version)
                    .isEqualTo(2);
            assertThat(errorOf(() -> get(client))).isEqualTo(404);
            assertThat(report(client, null, Map.of("fps", 2)).version).isEqualTo(3);
        }
    }

    private static StreamingOperation deltas(IotShadowV2Client client, BlockingQueue<ShadowDeltaUpdatedEvent> into)
            throws Exception {
        NamedShadowDeltaUpdatedSubscriptionRequest request = new NamedShadowDeltaUpdatedSubscriptionRequest();
        request.thingName = THING;
        request.shadowName = SHADOW;
        CompletableFuture<Void> subscribed = new CompletableFuture<>();
        StreamingOperation stream = client.createNamedShadowDeltaUpdatedStream(
                request,
                V2ClientStreamOptions.<ShadowDeltaUpdatedEvent>builder()
                        .withStreamEventHandler(into::add)
                        .withSubscriptionEventHandler(event -> subscribed.complete(null))
                        .build());
        stream.open();
        subscribed.get(20, TimeUnit.SECONDS);
        return stream;
    }

    private static GetShadowResponse get(IotShadowV2Client client) throws Exception {
        GetNamedShadowRequest request = new GetNamedShadowRequest();
        request.thingName = THING;
        request.shadowName = SHADOW;
        return client.getNamedShadow(request).get(20, TimeUnit.SECONDS);
    }

    private static UpdateShadowResponse report(IotShadowV2Client client, Integer version, Map<String, Object> reported)
            throws Exception {
        UpdateNamedShadowRequest request = new UpdateNamedShadowRequest();
        request.thingName = THING;
        request.shadowName = SHADOW;
        request.version = version;
        request.state = new ShadowState();
        request.state.reported = new HashMap<>(reported);
        return client.updateNamedShadow(request).get(20, TimeUnit.SECONDS);
    }

    private interface Call {
        Object run() throws Exception;
    }

    private static int errorOf(Call call) throws Exception {
        try {
            throw new AssertionError("was accepted: " + call.run());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof V2ErrorResponseException refused) {
                return refused.getModeledError().code;
            }
            throw e;
        }
    }
}
