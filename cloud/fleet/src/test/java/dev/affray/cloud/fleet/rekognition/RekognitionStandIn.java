package dev.affray.cloud.fleet.rekognition;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.affray.document.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands in for Rekognition: the real wire, one answer for each operation. Keeps what it was asked. */
public final class RekognitionStandIn implements AutoCloseable {
    public static final String MODEL =
            "arn:aws:rekognition:eu-west-1:111122223333:project/fights/version/fights.1/1700000000000";
    static final String PROJECT = "arn:aws:rekognition:eu-west-1:111122223333:project/fights/1690000000000";
    static final String PROJECTS = "DescribeProjects";
    static final String VERSIONS = "DescribeProjectVersions";

    record Request(String operation, String authorization, JsonNode body) {}

    private record Answer(int status, String body) {}

    final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final HttpServer server;

    public RekognitionStandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::serve);
        server.start();
        answer(
                PROJECTS,
                200,
                "{\"ProjectDescriptions\":[{\"ProjectArn\":\"" + PROJECT + "\",\"Status\":\"CREATED\"}]}");
        status("RUNNING");
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public void status(String status) {
        version(MODEL, status);
    }

    void version(String arn, String status) {
        answer(
                VERSIONS,
                200,
                "{\"ProjectVersionDescriptions\":[{\"ProjectVersionArn\":\"" + arn + "\",\"Status\":\"" + status
                        + "\"}]}");
    }

    void error(String operation, int status, String type) {
        answer(operation, status, "{\"__type\":\"" + type + "\",\"message\":\"by account 111122223333\"}");
    }

    void answer(String operation, int status, String body) {
        answers.put(operation, new Answer(status, body));
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String operation =
                    exchange.getRequestHeaders().getFirst("X-Amz-Target").replace("RekognitionService.", "");
            requests.add(new Request(
                    operation,
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    Json.tree(exchange.getRequestBody().readAllBytes())));
            Answer answer = answers.get(operation);
            byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(answer.status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
