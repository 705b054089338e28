package dev.affray.cloud.local;

import dev.affray.cloud.local.pki.GatewayIdentity;
import dev.affray.document.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The agent's own configuration, written anew at every start since ports may change. */
final class AgentFiles {
    private AgentFiles() {}

    /**
     * Where the agent finds the cloud.
     *
     * @param identity its certificate
     * @param mqttPort the broker's
     * @param credentialsPort the credentials endpoint's
     * @param roleAlias the name by which it asks for keys
     * @param s3 the frame store
     * @param bucket in it
     * @param region that it signs for
     */
    record Cloud(
            GatewayIdentity identity,
            int mqttPort,
            int credentialsPort,
            String roleAlias,
            URI s3,
            String bucket,
            String region) {}

    /** Writes {@code agent.yaml}, and beside it the secrets that streams need. Returns the former. */
    static Path write(Path folder, Cloud cloud, List<CameraArgument> cameras) throws IOException {
        Files.createDirectories(folder);
        Path secrets = folder.resolve("secrets.yaml");
        writeOwnerOnly(secrets, secrets(cameras));
        Path file = folder.resolve("agent.yaml");
        Files.writeString(file, """
                # Written by affray-local at every start.
                thing: %s
                data: %s
                iot:
                  endpoint: localhost
                  port: %d
                  certificate: %s
                  privateKey: %s
                  authority: %s
                credentials:
                  endpoint: https://localhost:%d
                  roleAlias: %s
                s3:
                  endpoint: %s
                  bucket: %s
                  region: %s
                clips:
                  seconds: 30
                secrets: secrets.yaml
                status:
                  listen: off
                """.formatted(
                        quoted(cloud.identity().thing()),
                        quoted(folder.resolve("data").toString()),
                        cloud.mqttPort(),
                        quoted(cloud.identity().certificatePem().toString()),
                        quoted(cloud.identity().privateKeyPem().toString()),
                        quoted(cloud.identity().authorityPem().toString()),
                        cloud.credentialsPort(),
                        quoted(cloud.roleAlias()),
                        quoted(cloud.s3().toString()),
                        quoted(cloud.bucket()),
                        quoted(cloud.region())));
        return file;
    }

    private static String secrets(List<CameraArgument> cameras) {
        StringBuilder yaml = new StringBuilder("# Written by affray-local from its --camera arguments.\n");
        boolean any = false;
        for (CameraArgument camera : cameras) {
            if (camera instanceof CameraArgument.Stream stream && stream.login().isPresent()) {
                CameraArgument.Login login = stream.login().get();
                yaml.append("%s: {user: %s, password: %s, hosts: [%s]}%n"
                        .formatted(
                                quoted(stream.id()),
                                quoted(login.user()),
                                quoted(login.password()),
                                quoted(stream.url().getHost())));
                any = true;
            }
        }
        return any ? yaml.toString() : yaml.append("{}\n").toString();
    }

    private static void writeOwnerOnly(Path file, String text) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(partial);
        if (Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
            Files.createFile(
                    partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(partial, text);
        Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A JSON string is a YAML string. */
    private static String quoted(String text) {
        return Json.write(text);
    }
}
