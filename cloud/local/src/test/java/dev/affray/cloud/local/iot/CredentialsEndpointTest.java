package dev.affray.cloud.local.iot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affray.cloud.local.pki.Authority;
import dev.affray.cloud.local.pki.GatewayIdentity;
import dev.affray.document.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsEndpointTest {
    private static final char[] NO_PASSWORD = new char[0];

    @TempDir
    Path folder;

    private Authority authority;
    private CredentialsEndpoint endpoint;

    @BeforeEach
    void start() throws IOException {
        authority = Authority.open(folder.resolve("pki"));
        endpoint = CredentialsEndpoint.start(0, authority, Set.of("affray-gateway"), thing -> {
            if (thing.equals("unlucky")) {
                throw new IllegalStateException("no keys today");
            }
            return new Credentials("AK-" + thing, "the-secret", "the-token", Instant.parse("2026-03-01T13:00:00.123Z"));
        });
    }

    @AfterEach
    void stop() {
        endpoint.close();
        endpoint.close();
    }

    @Test
    void givesAGatewayItsKeys_inTheShapeOfAws() throws Exception {
        HttpResponse<String> response = ask("gw", "GET", "/role-aliases/affray-gateway/credentials", "gw");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Json.tree(response.body())).isEqualTo(Json.tree("""
                {"credentials": {"accessKeyId": "AK-gw", "secretAccessKey": "the-secret",
                 "sessionToken": "the-token", "expiration": "2026-03-01T13:00:00Z"}}"""));
    }

    @ParameterizedTest(name = "{0} {1} as {2} on {3}: {4}")
    @CsvSource({
        "gw, GET, other, /role-aliases/affray-gateway/credentials, 403",
        "gw, GET, , /role-aliases/affray-gateway/credentials, 403",
        "gw, GET, gw, /role-aliases/unknown/credentials, 404",
        "gw, GET, gw, /role-aliases/affray-gateway, 404",
        "gw, GET, gw, /, 404",
        "gw, POST, gw, /role-aliases/affray-gateway/credentials, 405",
        "unlucky, GET, unlucky, /role-aliases/affray-gateway/credentials, 500",
    })
    void refusesEverythingElse(String certificate, String method, String thing, String path, int status)
            throws Exception {
        HttpResponse<String> response = ask(certificate, method, path, thing);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(Json.tree(response.body()).get("message").textValue())
                .isNotEmpty()
                .doesNotContain("no keys today");
    }

    @Test
    void refusesAClaim_whateverItCallsItself() throws Exception {
        for (String thing : new String[] {Authority.CLAIM, "gw", "claim-4711"}) {
            HttpResponse<String> response =
                    send(client(authority.claim()), "GET", "/role-aliases/affray-gateway/credentials", thing);
            assertThat(response.statusCode()).as(thing).isEqualTo(403);
        }
    }

    @Test
    void refusesAClient_withoutACertificate() {
        assertThatThrownBy(() -> send(client(null), "GET", "/role-aliases/affray-gateway/credentials", "gw"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void hidesTheSecrets_inTheTextOfTheKeys() {
        assertThat(new Credentials("AK", "the-secret", "the-token", Instant.EPOCH).toString())
                .contains("AK")
                .doesNotContain("secret")
                .doesNotContain("token");
    }

    private HttpResponse<String> ask(String certificate, String method, String path, String thing) throws Exception {
        return send(client(authority.gateway(certificate)), method, path, thing);
    }

    private HttpResponse<String> send(HttpClient client, String method, String path, String thing) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://localhost:" + endpoint.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (thing != null) {
            request.header("x-amzn-iot-thingname", thing);
        }
        try (client) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    /** Reads the three files as a gateway on the JDK does. */
    private HttpClient client(GatewayIdentity identity) throws Exception {
        KeyStore trust = emptyStore();
        trust.setCertificateEntry("authority", certificate(authority.certificatePem()));
        TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
        trusted.init(trust);
        KeyStore keys = emptyStore();
        if (identity != null) {
            Certificate[] chain = {certificate(identity.certificatePem())};
            keys.setKeyEntry("gateway", key(identity.privateKeyPem()), NO_PASSWORD, chain);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
        own.init(keys, NO_PASSWORD);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(tls).build();
    }

    private static KeyStore emptyStore() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Certificate certificate(Path pem) throws Exception {
        try (var in = Files.newInputStream(pem)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static PrivateKey key(Path pem) throws Exception {
        String base64 = Files.readString(pem).replaceAll("-----[A-Z ]+-----", "");
        byte[] encoded = Base64.getMimeDecoder().decode(base64);
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }
}
