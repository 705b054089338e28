package dev.affray.agent.check;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.affray.agent.iot.Certificates;
import dev.affray.agent.iot.ShadowBroker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** The three services of one gateway on this machine: a broker, credentials over mutual TLS, and an S3 that takes objects and gives none back. */
final class CloudStandIn implements AutoCloseable {
    static final String SECRET = "hush-hush";

    private final Path folder;
    private final HttpsServer credentials;
    private final HttpServer s3;
    final ShadowBroker broker;
    final List<String> stored = new CopyOnWriteArrayList<>();
    volatile int credentialsStatus = 200;
    volatile String s3Error = "";

    /** @param folder gets the gateway's files: {@code gateway-1.pem}, {@code gateway-1.key}, {@code cloud.pem} */
    CloudStandIn(Path folder) throws Exception {
        this.folder = folder;
        KeyStore gateway = Certificates.make(folder, "gateway-1", "RSA");
        Files.setPosixFilePermissions(folder.resolve("gateway-1.key"), PosixFilePermissions.fromString("rw-------"));
        SSLContext tls = Certificates.tls(Certificates.make(folder, "cloud", "RSA"), gateway);
        broker = new ShadowBroker(tls);
        credentials = HttpsServer.create(new InetSocketAddress("localhost", 0), 0);
        credentials.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters both = tls.getDefaultSSLParameters();
                both.setNeedClientAuth(true);
                parameters.setSSLParameters(both);
            }
        });
        credentials.createContext("/", this::credentials);
        credentials.start();
        s3 = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        s3.createContext("/", this::s3);
        s3.start();
    }

    private void credentials(HttpExchange exchange) throws IOException {
        String body = """
                {"credentials":{"accessKeyId":"id","secretAccessKey":"%s","sessionToken":"%s","expiration":"%s"}}""".formatted(SECRET, SECRET, Instant.now().plus(Duration.ofHours(1)));
        answer(exchange, credentialsStatus, credentialsStatus == 200 ? body : "{\"message\":\"" + SECRET + "\"}");
    }

    private void s3(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("x-amz-request-id", "1");
        if (!s3Error.isEmpty()) {
            answer(exchange, s3Error.equals("NoSuchBucket") ? 404 : 403, error(s3Error));
        } else if (exchange.getRequestMethod().equals("PUT")) {
            stored.add(exchange.getRequestURI().getPath());
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            answer(exchange, 200, "");
        } else {
            answer(exchange, 403, error("AccessDenied"));
        }
    }

    private static String error(String code) {
        return "<Error><Code>" + code + "</Code></Error>";
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** The gateway's agent.yaml, and how it names the broker. */
    Path agentYaml(String brokerHost, String more) throws IOException {
        Path file = Files.writeString(folder.resolve("agent.yaml"), """
                thing: gateway-1
                data: data
                iot: {endpoint: %s, port: %d, certificate: gateway-1.pem, privateKey: gateway-1.key, authority: cloud.pem}
                credentials: {endpoint: "https://localhost:%d", roleAlias: gateway}
                s3: {endpoint: "http://localhost:%d", bucket: frames, region: eu-central-1}
                %s
                """.formatted(
                        brokerHost,
                        broker.port(),
                        credentials.getAddress().getPort(),
                        s3.getAddress().getPort(),
                        more));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return file;
    }

    Path agentYaml() throws IOException {
        return agentYaml("localhost", "spool: {maxMegabytes: 64, minFreeMegabytes: 1}");
    }

    @Override
    public void close() {
        broker.close();
        credentials.stop(0);
        s3.stop(0);
    }
}
