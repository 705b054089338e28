package dev.affray.cloud.local.iot;

import dev.affray.cloud.local.pki.OwnerOnly;
import dev.affray.cloud.local.pki.ServerIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The folders and files that HiveMQ reads: written anew at every start, for their owner alone, with a password that no later start needs. */
record BrokerFiles(Path conf, Path data, Path extensions) {
    /** As much as AWS IoT takes. */
    private static final int LARGEST_PACKET_BYTES = 128 * 1024;

    static BrokerFiles write(Path folder, int port, ServerIdentity server) throws IOException {
        Path root = folder.toAbsolutePath();
        BrokerFiles files = new BrokerFiles(root.resolve("conf"), root.resolve("data"), root.resolve("extensions"));
        for (Path each : new Path[] {root, files.conf, files.data, files.extensions}) {
            OwnerOnly.folder(each);
        }
        char[] password = password();
        Path keys = files.conf.resolve("server.p12");
        Path trust = files.conf.resolve("authority.p12");
        OwnerOnly.write(keys, server.keyStoreFile(password));
        OwnerOnly.write(trust, server.trustStoreFile(password));
        String config = config(port, keys, trust, new String(password));
        OwnerOnly.write(files.conf.resolve("config.xml"), config.getBytes(StandardCharsets.UTF_8));
        return files;
    }

    private static String config(int port, Path keys, Path trust, String password) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <hivemq>
                  <listeners>
                    <tls-tcp-listener>
                      <port>%d</port>
                      <bind-address>127.0.0.1</bind-address>
                      <tls>
                        <keystore><path>%s</path><password>%s</password><private-key-password>%s</private-key-password></keystore>
                        <truststore><path>%s</path><password>%s</password></truststore>
                        <protocols><protocol>TLSv1.3</protocol><protocol>TLSv1.2</protocol></protocols>
                        <client-authentication-mode>REQUIRED</client-authentication-mode>
                      </tls>
                    </tls-tcp-listener>
                  </listeners>
                  <mqtt><packets><max-packet-size>%d</max-packet-size></packets></mqtt>
                  <persistence><mode>in-memory</mode></persistence>
                  <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
                </hivemq>
                """.formatted(port, escaped(keys), password, password, escaped(trust), password, LARGEST_PACKET_BYTES);
    }

    private static char[] password() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random).toCharArray();
    }

    private static String escaped(Path path) {
        return path.toString().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
