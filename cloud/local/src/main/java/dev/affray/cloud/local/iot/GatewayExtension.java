package dev.affray.cloud.local.iot;

import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import com.hivemq.extension.sdk.api.services.publish.PublishService;
import com.hivemq.extension.sdk.api.services.publish.RetainedMessageStore;
import com.hivemq.extension.sdk.api.services.publish.RetainedPublish;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Joins the broker to the shadow service, the rules and the provisioning, and keeps each gateway to its own topics. */
final class GatewayExtension implements ExtensionMain {
    private static final Logger log = LoggerFactory.getLogger(GatewayExtension.class);

    private final ShadowService shadows;
    private final Lane requests;
    private final RuleDesk rules;
    private final ProvisioningService provisioning;
    private final AtomicLong unsent = new AtomicLong();
    private volatile @Nullable ToBroker outlet;
    private volatile @Nullable RetainedMessageStore kept;
    private volatile boolean guarding;

    GatewayExtension(ShadowService shadows, Lane requests, RuleDesk rules, ProvisioningService provisioning) {
        this.shadows = shadows;
        this.requests = requests;
        this.rules = rules;
        this.provisioning = provisioning;
    }

    @Override
    public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
        GatewayAuthenticator authenticator = new GatewayAuthenticator();
        Services.securityRegistry().setAuthenticatorProvider(provided -> authenticator);
        ToBroker toBroker = new ToBroker(Services.publishService());
        outlet = toBroker;
        kept = Services.retainedMessageStore();
        InboundMessages inbound = new InboundMessages(
                shadows,
                requests,
                rules,
                (clientId, topic, payload) -> toBroker.answer(clientId, provisioning.answer(clientId, topic, payload)));
        Services.initializerRegistry()
                .setClientInitializer((provided, client) -> client.addPublishInboundInterceptor(inbound));
        Services.eventRegistry().setClientLifecycleEventListener(provided -> new LastWill(rules));
        shadows.attach(toBroker);
        guarding = true;
    }

    @Override
    public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
        shadows.detach();
    }

    /** Whether every check is in force: the broker swallows an extension's failure to start, and would then let anybody in. */
    boolean isGuarding() {
        return guarding;
    }

    /** Publishes a message that no gateway sent. */
    void publish(String topic, byte[] payload) {
        Objects.requireNonNull(outlet, "the broker is started").publish(topic, payload);
    }

    /** The message that is kept on a topic. */
    CompletableFuture<Optional<RetainedPublish>> kept(String topic) {
        return Objects.requireNonNull(kept, "the broker is started").getRetainedMessage(topic);
    }

    private final class ToBroker implements ShadowService.Outlet {
        private final PublishService broker;

        private ToBroker(PublishService broker) {
            this.broker = broker;
        }

        @Override
        public void publish(String topic, byte[] payload) {
            Traffic.to(topic, payload);
            var message = Builders.publish()
                    .topic(topic)
                    .qos(Qos.AT_LEAST_ONCE)
                    .payload(ByteBuffer.wrap(payload))
                    .build();
            var _ = broker.publish(message).exceptionally(failure -> {
                count(failure);
                return null;
            });
        }

        /** A certificate goes to who asked for it, and to nobody else. */
        private void answer(String clientId, ProvisioningService.Answer answer) {
            byte[] payload = answer.json().getBytes(StandardCharsets.UTF_8);
            Traffic.to(answer.topic(), payload);
            var message = Builders.publish()
                    .topic(answer.topic())
                    .qos(Qos.AT_LEAST_ONCE)
                    .payload(ByteBuffer.wrap(payload))
                    .build();
            var _ = broker.publishToClient(message, clientId).exceptionally(failure -> {
                count(failure);
                return null;
            });
        }

        private void count(Throwable failure) {
            if (unsent.getAndIncrement() == 0) {
                log.warn("A message could not be published; further ones are only counted", failure);
            }
        }

        @Override
        public void documents(String thing, String name, byte[] documents) {
            rules.documents(thing, name, documents);
        }
    }
}
