package dev.affray.cloud.local.iot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.cloud.local.pki.Authority;
import dev.affray.document.Json;
import dev.affray.frame.CameraId;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AWS IoT's fleet provisioning: certificates for signing requests, registered by a template. A claim gets one for the serial number in its client id,
 * if that is on the list and no gateway yet; a gateway gets one for itself. Whose name it bears is decided by who is connected, never by what the
 * request says. Called by one thread.
 */
final class ProvisioningService {
    private static final Logger log = LoggerFactory.getLogger(ProvisioningService.class);
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);
    private static final int MOST_TOKENS = 1000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Authority authority;
    private final Enrolling enrolling;
    private final Clock clock;
    private final Map<String, Pending> pending = new HashMap<>();

    private record Pending(String clientId, String thing, String certificate, Instant until) {}

    /** What to send where. */
    record Answer(String topic, String json) {}

    /** The reason is for the log; the requester hears the code alone. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;

        private final int status;
        private final String code;

        Refusal(int status, String code, String reason) {
            super(reason);
            this.status = status;
            this.code = code;
        }
    }

    ProvisioningService(Authority authority, Enrolling enrolling, Clock clock) {
        this.authority = authority;
        this.enrolling = enrolling;
        this.clock = clock;
    }

    /** Answers a request of a client that may use this topic. */
    Answer answer(String clientId, ProvisioningTopic topic, byte[] payload) {
        try {
            JsonNode request = Json.tree(payload);
            ObjectNode document = switch (topic) {
                case CREATE -> create(clientId, request);
                case GATEWAY, RENEWAL -> register(clientId, request);
            };
            return new Answer(topic.accepted(), Json.write(document));
        } catch (IllegalArgumentException e) {
            return refused(clientId, topic, new Refusal(400, "InvalidRequest", String.valueOf(e.getMessage())));
        } catch (Refusal e) {
            return refused(clientId, topic, e);
        } catch (IOException e) {
            log.error("A certificate for {} could not be registered: {}", clientId, e.toString());
            return refused(clientId, topic, new Refusal(500, "InternalError", "see above"));
        }
    }

    private ObjectNode create(String clientId, JsonNode request) throws Refusal {
        String thing = thingOf(clientId);
        String certificate =
                authority.issue(request.path("certificateSigningRequest").asText(), thing, enrolling.lifetime());
        Instant now = clock.instant();
        pending.values().removeIf(old -> !old.until().isAfter(now));
        if (pending.size() >= MOST_TOKENS) {
            throw new Refusal(429, "Throttled", "too many certificates wait to be registered");
        }
        String token = HexFormat.of().formatHex(random());
        pending.put(token, new Pending(clientId, thing, certificate, now.plus(TOKEN_LIFETIME)));
        return JsonNodeFactory.instance
                .objectNode()
                .put("certificateId", token.substring(0, 32))
                .put("certificatePem", certificate)
                .put("certificateOwnershipToken", token);
    }

    private ObjectNode register(String clientId, JsonNode request) throws Refusal, IOException {
        Pending certificate =
                pending.remove(request.path("certificateOwnershipToken").asText());
        if (certificate == null
                || !certificate.clientId().equals(clientId)
                || !certificate.until().isAfter(clock.instant())) {
            throw new Refusal(403, "AccessDenied", "the certificate ownership token is not valid");
        }
        String thing = thingOf(clientId);
        String serial = request.at("/parameters/SerialNumber").asText(thing);
        if (!serial.equals(thing)) {
            throw new Refusal(403, "AccessDenied", "serial number '" + serial + "' is not the client's");
        }
        authority.register(thing, certificate.certificate());
        log.info("{} has a new certificate", thing);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ObjectNode configuration = document.putObject("deviceConfiguration");
        if (ProvisioningTopic.isClaim(clientId)) {
            enrolling.configuration().forEach(configuration::put);
        }
        return document.put("thingName", thing);
    }

    /** The gateway that a client may have a certificate for. */
    private String thingOf(String clientId) throws Refusal {
        if (!ProvisioningTopic.isClaim(clientId)) {
            return clientId;
        }
        String serial = clientId.substring(ProvisioningTopic.CLAIM_PREFIX.length());
        if (!CameraId.isName(serial)
                || ProvisioningTopic.isClaim(serial)
                || !enrolling.serials().contains(serial)) {
            throw new Refusal(403, "AccessDenied", "serial number '" + serial + "' is not on the list");
        }
        if (authority.knows(serial)) {
            throw new Refusal(403, "AccessDenied", "there is a gateway '" + serial + "' already");
        }
        return serial;
    }

    private static Answer refused(String clientId, ProvisioningTopic topic, Refusal refusal) {
        log.warn("Refused {} for {}: {}", topic.request(), clientId, refusal.getMessage());
        return new Answer(
                topic.rejected(),
                Json.write(JsonNodeFactory.instance
                        .objectNode()
                        .put("statusCode", refusal.status)
                        .put("errorCode", refusal.code)
                        .put("errorMessage", refusal.code)));
    }

    private static byte[] random() {
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        return random;
    }
}
