package dev.affray.cloud.fleet.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.affray.cloud.function.Environment;
import dev.affray.cloud.function.Metrics;
import dev.affray.cloud.function.snapstart.Priming;
import dev.affray.cloud.state.CameraStore;
import dev.affray.cloud.state.dynamodb.Dynamo;
import dev.affray.cloud.state.dynamodb.DynamoCameraStore;
import dev.affray.document.Json;
import dev.affray.frame.CameraId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The pre-provisioning hook: AWS IoT asks it before it registers a certificate.
 *
 * <pre>
 * a claim, client id claim-SERIAL  -> serial number on the list, no gateway of that name heard of -> thing SERIAL
 * a gateway, client id THING       -> a new certificate for itself                                -> thing THING
 * </pre>
 *
 * Which of the two it is says the template; what each client may ask is decided by its IoT policy. Whatever goes wrong here is a no. The template
 * itself fails where the thing exists, whoever made it.
 */
public final class ProvisioningFunction implements RequestStreamHandler {
    static final String ALLOWED = "ProvisioningAllowed";
    static final String REFUSED = "ProvisioningRefused";

    private static final Logger LOG = LoggerFactory.getLogger(ProvisioningFunction.class);
    private static final String CLAIM_PREFIX = "claim-";

    private final SerialList serials;
    private final CameraStore cameras;
    private final String newGateways;
    private final String renewals;
    private final Metrics metrics = new Metrics("provisioning");
    private final Priming priming;

    /** For Lambda. */
    public ProvisioningFunction() {
        this(Environment.of(System.getenv()));
    }

    private ProvisioningFunction(Environment environment) {
        String serialTable = environment.text("SERIALS_TABLE");
        String fleetTable = environment.text("FLEET_TABLE");
        newGateways = environment.text("GATEWAY_TEMPLATE");
        renewals = environment.text("RENEWAL_TEMPLATE");
        environment.check();
        SdkHttpClient http = UrlConnectionHttpClient.builder()
                .socketTimeout(Dynamo.socketTimeout())
                .build();
        DynamoDbClient client = Dynamo.client(http);
        serials = new SerialList(client, serialTable, Clock.systemUTC());
        cameras = new DynamoCameraStore(client, fleetTable);
        priming = Priming.before(serials::touch);
    }

    ProvisioningFunction(SerialList serials, CameraStore cameras, String newGateways, String renewals) {
        this.serials = serials;
        this.cameras = cameras;
        this.newGateways = newGateways;
        this.renewals = renewals;
        priming = Priming.before(serials::touch);
    }

    /** As AWS IoT wants it. */
    record Answer(boolean allowProvisioning, Map<String, String> parameterOverrides) {}

    @Override
    public void handleRequest(InputStream event, OutputStream response, Context context) throws IOException {
        MDC.put("AWSRequestId", context.getAwsRequestId());
        try {
            Optional<String> thing = judge(event.readAllBytes());
            Answer answer = new Answer(
                    thing.isPresent(),
                    thing.map(name -> Map.of("ThingName", name)).orElse(Map.of()));
            metrics.count(thing.isPresent() ? ALLOWED : REFUSED, 1);
            response.write(Json.write(answer).getBytes(StandardCharsets.UTF_8));
        } finally {
            metrics.flush();
            MDC.clear();
        }
    }

    /** The thing to register the certificate for, if it may be. */
    private Optional<String> judge(byte[] json) {
        HookRequest request;
        try {
            request = HookRequest.read(json);
        } catch (IllegalArgumentException e) {
            return refused("a request cannot be read: " + e.getMessage());
        }
        String clientId = request.clientId();
        if (!CameraId.isName(clientId)) {
            return refused("client id '" + clientId + "' is not " + CameraId.NAME_RULE);
        }
        boolean claim = clientId.startsWith(CLAIM_PREFIX);
        if (request.template().equals(newGateways) && claim) {
            return newGateway(request);
        }
        if (request.template().equals(renewals) && !claim) {
            LOG.info("{} renews its certificate; the new one is {}", clientId, request.certificateId());
            return Optional.of(clientId);
        }
        return refused("client '" + clientId + "' may not use template " + request.template());
    }

    private Optional<String> newGateway(HookRequest request) {
        String serial = request.serial();
        if (!request.clientId().equals(CLAIM_PREFIX + serial) || serial.startsWith(CLAIM_PREFIX)) {
            return refused("serial number '" + serial + "' is not that of client '" + request.clientId() + "'");
        }
        if (cameras.gateway(serial).isPresent()) {
            return refused("there is a gateway '" + serial + "' already");
        }
        if (!serials.take(serial, request.certificateId())) {
            return refused("serial number '" + serial + "' is not on the list, or was used before");
        }
        LOG.info("serial number {} becomes a gateway, with certificate {}", serial, request.certificateId());
        return Optional.of(serial);
    }

    private static Optional<String> refused(String why) {
        LOG.warn("provisioning is refused: {}", why);
        return Optional.empty();
    }

    /** What SnapStart runs; the function holds it, because the runtime does not. */
    Priming priming() {
        return priming;
    }
}
