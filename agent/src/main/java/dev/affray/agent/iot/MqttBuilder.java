package dev.affray.agent.iot;

import java.io.IOException;
import software.amazon.awssdk.crt.CrtRuntimeException;
import software.amazon.awssdk.crt.mqtt5.Mqtt5Client;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.ClientOfflineQueueBehavior;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.ClientSessionBehavior;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.ExtendedValidationAndFlowControlOptions;
import software.amazon.awssdk.iot.AwsIotMqtt5ClientBuilder;

/** What every connection of a gateway has in common. */
final class MqttBuilder {
    static final long KEEP_ALIVE_SECONDS = 30;

    private MqttBuilder() {}

    /** Sets what is particular to one connection. */
    interface Settings {
        void apply(AwsIotMqtt5ClientBuilder builder);
    }

    /** @throws IOException when the certificate, key or authority cannot be used; nothing is connected yet */
    static Mqtt5Client build(IotEndpoint endpoint, Settings settings) throws IOException {
        try (AwsIotMqtt5ClientBuilder builder = AwsIotMqtt5ClientBuilder.newDirectMqttBuilderWithMtlsFromPath(
                endpoint.host(),
                endpoint.certificate().toString(),
                endpoint.privateKey().toString())) {
            endpoint.authority().ifPresent(file -> builder.withCertificateAuthorityFromPath(null, file.toString()));
            builder.withPort((long) endpoint.port())
                    .withSessionBehavior(ClientSessionBehavior.CLEAN)
                    .withOfflineQueueBehavior(ClientOfflineQueueBehavior.FAIL_ALL_ON_DISCONNECT)
                    .withExtendedValidationAndFlowControlOptions(ExtendedValidationAndFlowControlOptions.NONE);
            settings.apply(builder);
            return builder.build();
        } catch (CrtRuntimeException e) {
            throw new IOException(
                    "cannot use " + endpoint.certificate() + " with " + endpoint.privateKey() + ": " + e.getMessage(),
                    e);
        }
    }
}
