package dev.affray.agent.iot;

import dev.affray.agent.identity.FreshKey;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.crt.iot.MqttRequestResponseClientOptions;
import software.amazon.awssdk.crt.mqtt5.Mqtt5Client;
import software.amazon.awssdk.iot.iotidentity.IotIdentityV2Client;
import software.amazon.awssdk.iot.iotidentity.model.CreateCertificateFromCsrRequest;
import software.amazon.awssdk.iot.iotidentity.model.CreateCertificateFromCsrResponse;
import software.amazon.awssdk.iot.iotidentity.model.RegisterThingRequest;
import software.amazon.awssdk.iot.iotidentity.model.RegisterThingResponse;
import software.amazon.awssdk.iot.iotidentity.model.V2ErrorResponse;
import software.amazon.awssdk.iot.iotidentity.model.V2ErrorResponseException;

/**
 * AWS IoT's fleet provisioning over a connection that is there already: a certificate for a signing request, then registering it by a template. The
 * certificate is kept before it is registered, since it counts from then on; one whose registering is refused never counts.
 */
final class Provisioning implements AutoCloseable {
    private static final int SUBSCRIPTIONS = 4;

    private final IotIdentityV2Client client;
    private final Duration patience;

    /** @param patience for each of the two answers */
    Provisioning(Mqtt5Client connection, Duration patience) {
        this.patience = patience;
        this.client = IotIdentityV2Client.newFromMqtt5(
                connection,
                MqttRequestResponseClientOptions.builder()
                        .withMaxRequestResponseSubscriptions(SUBSCRIPTIONS)
                        .withMaxStreamingSubscriptions(1)
                        .withOperationTimeoutSeconds((int) Math.max(1, patience.toSeconds()))
                        .build());
    }

    /**
     * Has the key certified and registered.
     *
     * @param commonName what to ask a certificate for
     * @throws ProvisioningException when that is refused, or not answered
     * @throws IOException when the certificate is not this key's, or cannot be kept
     */
    Provisioned run(FreshKey key, String commonName, String template, Map<String, String> parameters)
            throws ProvisioningException, IOException {
        CreateCertificateFromCsrRequest signing = new CreateCertificateFromCsrRequest();
        signing.certificateSigningRequest = key.signingRequest(commonName);
        CreateCertificateFromCsrResponse signed =
                answer("A certificate", client.createCertificateFromCsr(signing), true);
        if (signed.certificatePem == null || signed.certificateOwnershipToken == null) {
            throw new ProvisioningException("the answer to the signing request holds no certificate", true);
        }
        var _ = key.keep(signed.certificatePem);
        RegisterThingRequest registration = new RegisterThingRequest();
        registration.templateName = template;
        registration.certificateOwnershipToken = signed.certificateOwnershipToken;
        registration.parameters = new HashMap<>(parameters);
        RegisterThingResponse registered =
                answer("Registering by the template " + template, client.registerThing(registration), false);
        if (registered.thingName == null) {
            throw new ProvisioningException("the answer to the registering names no thing", false);
        }
        return new Provisioned(
                registered.thingName,
                registered.deviceConfiguration == null ? Map.of() : registered.deviceConfiguration);
    }

    /** @param harmless whether an answer that was lost leaves nothing behind */
    private <T> T answer(String what, CompletableFuture<T> answer, boolean harmless) throws ProvisioningException {
        try {
            return answer.get(2 * patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof V2ErrorResponseException refusal) {
                throw new ProvisioningException(what + " was refused: " + said(refusal.getModeledError()), true);
            }
            throw new ProvisioningException(what + " got no answer: " + why(e.getCause()), harmless);
        } catch (TimeoutException e) {
            throw new ProvisioningException(what + " got no answer", harmless);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProvisioningException(what + " was interrupted", harmless);
        }
    }

    private static String said(@Nullable V2ErrorResponse error) {
        return error == null
                ? "without a reason"
                : error.statusCode + " " + error.errorCode + ", " + error.errorMessage;
    }

    private static String why(@Nullable Throwable e) {
        return e == null || e.getMessage() == null ? String.valueOf(e) : e.getMessage();
    }

    @Override
    public void close() {
        client.close();
    }
}
