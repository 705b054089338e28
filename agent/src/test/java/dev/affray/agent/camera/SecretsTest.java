package dev.affray.agent.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.document.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @TempDir
    Path folder;

    private Reading<Secrets> load(String yaml, String permissions) throws IOException {
        return load(yaml, permissions, false);
    }

    private Reading<Secrets> load(String yaml, String permissions, boolean credential) throws IOException {
        Path file = Files.writeString(folder.resolve("secrets.yaml"), yaml);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return Secrets.load(new SecretsFile(file, credential));
    }

    @Test
    void aSecretMayGoToItsHostsOnly() throws IOException {
        Reading<Secrets> reading = load("cams: {user: u, password: hush, hosts: [10.0.0.7, Cam.local]}\n", "rw-------");

        Secrets secrets = ((Reading.Accepted<Secrets>) reading).value();
        Secrets.Secret secret = secrets.of("cams").orElseThrow();
        assertThat(secret.mayGoTo("10.0.0.7")).isTrue();
        assertThat(secret.mayGoTo("cam.local")).isTrue();
        assertThat(secret.mayGoTo("evil.cam.local")).isFalse();
        assertThat(secrets.of("other")).isEmpty();
        assertThat(secrets + " " + secret).doesNotContain("hush");
    }

    @Test
    void knowsAnIpv6Address_withAndWithoutBrackets() throws IOException {
        Reading<Secrets> reading =
                load("cams: {user: u, password: hush, hosts: ['fe80::A', '[fe80::b]']}\n", "rw-------");

        Secrets.Secret secret =
                ((Reading.Accepted<Secrets>) reading).value().of("cams").orElseThrow();
        assertThat(secret.mayGoTo("[fe80::a]")).isTrue();
        assertThat(secret.mayGoTo("fe80::a")).isTrue();
        assertThat(secret.mayGoTo("[FE80::B]")).isTrue();
        assertThat(secret.mayGoTo("[fe80::c]")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
    void refusesAFileOthersHaveAccessTo(String permissions) throws IOException {
        assertThat(load("{}\n", permissions).toString()).contains("chmod 600");
    }

    @ParameterizedTest
    @ValueSource(strings = {"r--------", "r--r-----"})
    void takesACredentialAsSystemdMakesIt(String permissions) throws IOException {
        assertThat(load("{}\n", permissions, true)).isInstanceOf(Reading.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"r-----r--", "r--rw----"})
    void refusesACredentialOthersHaveAccessTo(String permissions) throws IOException {
        assertThat(load("{}\n", permissions, true).toString()).contains("other users have access to the credential");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cams: hush",
                "cams: {user: u, password: 5318008, hosts: [a]}",
                "cams: {user: u, password: [hush], hosts: [a]}",
                "cams: {user: u, password: hush}",
                "cams: {user: u, pasword: hush, hosts: [a]}",
                "cams: {user: u, password: hush, hosts: []}",
                "cams: {user: 'u:hush', password: p, hosts: [a]}",
                "cams: {user: u, password: hush, hosts: [\"rtsp://cam.local\"]}",
                "[hush]: [",
                "hush: [",
            })
    void refusesABadFile_withoutQuotingASecret(String yaml) throws IOException {
        Reading<Secrets> reading = load(yaml + "\n", "rw-------");

        assertThat(reading).isInstanceOf(Reading.Refused.class);
        assertThat(reading.toString()).doesNotContain("hush", "5318008");
    }
}
