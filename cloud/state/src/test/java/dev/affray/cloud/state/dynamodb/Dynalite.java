package dev.affray.cloud.state.dynamodb;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * An empty DynamoDB for tests: npm's dynalite in memory, one server per JVM, ended with it. Each test makes tables of its own ({@link Tables#in}).
 * Thread-safe.
 */
public final class Dynalite {
    private static final Object LOCK = new Object();
    private static volatile Dynalite shared;
    private static String missing;

    private final URI endpoint;

    private Dynalite(URI endpoint) {
        this.endpoint = endpoint;
    }

    /** This JVM's server, started by the first call. Where it cannot be installed, the test that asks is skipped, saying why. */
    public static Dynalite shared() {
        Optional<String> why = missing();
        Assumptions.assumeTrue(why.isEmpty(), () -> "no dynalite: " + why.orElseThrow());
        return shared;
    }

    /** Why there is none, for tests that are skipped in another way; absent where there is. */
    public static Optional<String> missing() {
        synchronized (LOCK) {
            if (shared == null && missing == null) {
                try {
                    shared = start(NodeModules.install());
                } catch (NodeModules.Missing e) {
                    missing = e.getMessage();
                }
            }
            return Optional.ofNullable(missing);
        }
    }

    /** Where it listens: for {@code AWS_ENDPOINT_URL_DYNAMODB}. It takes any credentials and region. */
    public URI endpoint() {
        return endpoint;
    }

    /** A client of it with the settings that the functions use. */
    public DynamoDbClient client() {
        return client(endpoint);
    }

    /** Such a client that goes elsewhere, say through a proxy. */
    public static DynamoDbClient client(URI endpoint) {
        return client(
                endpoint,
                UrlConnectionHttpClient.builder()
                        .socketTimeout(Dynamo.socketTimeout())
                        .build());
    }

    /** Such a client on connections of the caller's, say to count requests. */
    public static DynamoDbClient client(URI endpoint, SdkHttpClient http) {
        return Dynamo.builder(http)
                .endpointOverride(endpoint)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .build();
    }

    private static Dynalite start(Path folder) {
        try {
            Process node = new ProcessBuilder("node", "serve.js")
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(node::destroy));
            BufferedReader out = node.inputReader(StandardCharsets.UTF_8);
            String port = out.readLine();
            if (port == null) {
                throw new IllegalStateException("dynalite ended before it listened");
            }
            return new Dynalite(URI.create("http://127.0.0.1:" + port));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start node", e);
        }
    }
}
