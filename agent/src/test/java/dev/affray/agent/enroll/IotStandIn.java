package dev.affray.agent.enroll;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.affray.agent.identity.TestAuthority;
import dev.affray.document.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands in for AWS IoT's control plane: its paths and documents over HTTP, real certificates, and what was made of it all. */
final class IotStandIn implements AutoCloseable {
    private static final String CERTIFICATE = "arn:aws:iot:eu-central-1:123456789012:cert/";

    final TestAuthority authority = new TestAuthority();
    final Map<String, Map<String, String>> things = new ConcurrentHashMap<>();
    /** By id: ACTIVE or another status. */
    final Map<String, String> certificates = new ConcurrentHashMap<>();

    final Set<String> policies = ConcurrentHashMap.newKeySet();
    final Set<String> roleAliases = ConcurrentHashMap.newKeySet();
    /** Policy and certificate, or thing and certificate. */
    final Set<String> attached = ConcurrentHashMap.newKeySet();
    /** What changed something: method and path. */
    final List<String> changes = new CopyOnWriteArrayList<>();

    final List<String> authorizations = new CopyOnWriteArrayList<>();
    /** Method and path that are refused, with status and error code. */
    final Map<String, Map.Entry<Integer, String>> refused = new ConcurrentHashMap<>();

    private final HttpServer server;

    private record Answer(int status, Object body) {
        static Answer of(Object body) {
            return new Answer(200, body);
        }

        static Answer missing() {
            return new Answer(404, Map.of("__type", "ResourceNotFoundException", "message", "not there"));
        }
    }

    IotStandIn() throws IOException {
        policies.add("affray-gateway");
        roleAliases.add("affray-gateway");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            String path = exchange.getRequestURI().getPath();
            String request = exchange.getRequestMethod() + " " + path;
            Map.Entry<Integer, String> no = refused.get(request);
            Answer answer = no != null
                    ? new Answer(no.getKey(), Map.of("__type", no.getValue(), "message", "for a reason"))
                    : answer(
                            request,
                            path.split("/"),
                            String.valueOf(exchange.getRequestURI().getQuery()),
                            String.valueOf(exchange.getRequestHeaders().getFirst("x-amzn-principal")),
                            body.isEmpty() ? Json.tree("{}") : Json.tree(body));
            if (no == null
                    && answer.status() == 200
                    && !exchange.getRequestMethod().equals("GET")) {
                changes.add(request);
            }
            byte[] bytes = Json.write(answer.body()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            if (answer.status() != 200) {
                exchange.getResponseHeaders()
                        .set("x-amzn-ErrorType", Json.tree(bytes).path("__type").asText());
            }
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Answer answer(String request, String[] path, String query, String principal, JsonNode body) {
        return switch (request.replaceAll("^(\\S+ /[^/]+)/[^/]+", "$1/*")) {
            case "GET /endpoint" ->
                Answer.of(Map.of(
                        "endpointAddress",
                        query.contains("CredentialProvider")
                                ? "c1.credentials.iot.eu-central-1.amazonaws.com"
                                : "a1-ats.iot.eu-central-1.amazonaws.com"));
            case "GET /policies/*" ->
                policies.contains(path[2]) ? Answer.of(Map.of("policyName", path[2])) : Answer.missing();
            case "GET /role-aliases/*" ->
                roleAliases.contains(path[2])
                        ? Answer.of(Map.of("roleAliasDescription", Map.of("roleAlias", path[2])))
                        : Answer.missing();
            case "GET /things/*" ->
                things.containsKey(path[2])
                        ? Answer.of(Map.of("thingName", path[2], "attributes", things.get(path[2])))
                        : Answer.missing();
            case "POST /things/*", "PATCH /things/*" -> thing(path[2], body);
            case "GET /things/*/principals" ->
                Answer.of(Map.of(
                        "principals",
                        new TreeSet<>(attached)
                                .stream()
                                        .filter(pair -> pair.startsWith("thing " + path[2] + " "))
                                        .map(pair -> pair.substring(pair.lastIndexOf(' ') + 1))
                                        .toList()));
            case "PUT /things/*/principals" -> attach("thing " + path[2] + " " + principal, principal);
            case "PUT /target-policies/*" ->
                attach(
                        "policy " + path[2] + " " + body.path("target").asText(),
                        body.path("target").asText());
            case "POST /certificates" ->
                certificate(body.path("certificateSigningRequest").asText(), query.contains("setAsActive=true"));
            case "GET /certificates/*" ->
                certificates.containsKey(path[2])
                        ? Answer.of(Map.of(
                                "certificateDescription",
                                Map.of(
                                        "certificateId",
                                        path[2],
                                        "certificateArn",
                                        CERTIFICATE + path[2],
                                        "status",
                                        certificates.get(path[2]))))
                        : Answer.missing();
            default -> new Answer(400, Map.of("__type", "InvalidRequestException", "message", "what is " + request));
        };
    }

    private Answer thing(String name, JsonNode body) {
        Map<String, String> attributes = things.computeIfAbsent(name, _ -> new TreeMap<>());
        body.at("/attributePayload/attributes")
                .properties()
                .forEach(
                        field -> attributes.put(field.getKey(), field.getValue().asText()));
        return Answer.of(Map.of("thingName", name));
    }

    private Answer attach(String pair, String certificateArn) {
        String id = certificateArn.substring(certificateArn.lastIndexOf('/') + 1);
        if (!certificates.containsKey(id)) {
            return Answer.missing();
        }
        attached.add(pair);
        return Answer.of(Map.of());
    }

    private Answer certificate(String signingRequest, boolean active) {
        String pem = authority.issue(signingRequest, Duration.ofHours(1));
        String id = idOf(pem);
        certificates.put(id, active ? "ACTIVE" : "INACTIVE");
        return Answer.of(Map.of("certificateArn", CERTIFICATE + id, "certificateId", id, "certificatePem", pem));
    }

    private static String idOf(String pem) {
        try {
            byte[] der = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new java.io.ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                    .getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
