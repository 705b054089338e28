package dev.affray.cloud.local.pki;

import java.nio.file.Path;
import java.time.Instant;

/**
 * What a gateway needs for mutual TLS with this machine's servers: the paths of three PEM files.
 *
 * @param thing the gateway's thing name, the certificate's common name
 * @param certificatePem its client certificate
 * @param privateKeyPem its private key, PKCS#8, readable by the owner alone
 * @param authorityPem the certificate of the authority that signed both sides
 * @param expires when the client certificate ends
 */
public record GatewayIdentity(
        String thing, Path certificatePem, Path privateKeyPem, Path authorityPem, Instant expires) {}
