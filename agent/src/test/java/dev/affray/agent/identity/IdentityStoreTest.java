package dev.affray.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.agent.identity.IdentityStore.Pair;
import dev.affray.document.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-20T07:30:00Z");
    private static final Duration LONG = Duration.ofDays(100);

    @TempDir
    Path data;

    private final TestAuthority authority = new TestAuthority();
    private IdentityFolder own;
    private IdentityFolder elsewhere;

    @BeforeEach
    void enrolled() throws IOException {
        own = authority.identity(data.resolve("identity"), "gateway-1", LONG);
        elsewhere = authority.identity(data.resolve("etc"), "gateway-1", LONG);
    }

    private IdentityStore open(IdentityFolder configured) throws IOException {
        return IdentityStore.open(data, new Pair(configured.certificateFile(), configured.keyFile()));
    }

    private IdentityFolder renewed(IdentityStore store) throws IOException {
        return authority.identity(store.renewed(NOW).path(), "gateway-1", LONG);
    }

    private static String id(IdentityFolder folder) throws IOException {
        return IdentityFolder.idOf(folder.certificate().orElseThrow());
    }

    private static String id(IdentityStore store) throws IOException {
        return IdentityFolder.idOf(store.certificate());
    }

    @Test
    void begins_withWhatIsConfigured() throws IOException {
        assertThat(id(open(own))).isEqualTo(id(own));
        assertThat(id(open(elsewhere))).isEqualTo(id(elsewhere));
    }

    @Test
    void aRenewedPairTakesThePlaceOfTheConfiguredOne_inTheDataFolder() throws IOException {
        IdentityStore store = open(own);
        IdentityFolder renewed = renewed(store);
        String id = id(renewed);
        store.adopt(renewed);

        assertThat(id(store)).isEqualTo(id);
        assertThat(id(own)).isEqualTo(id);
        assertThat(renewed.path()).doesNotExist();
        assertThat(data.resolve("identity/current.json")).doesNotExist();
        assertThat(id(open(own))).isEqualTo(id);
    }

    @Test
    void aRenewedPairIsInForceAfterARestart_whereTheConfiguredOneIsNotOurs() throws IOException {
        String configured = id(elsewhere);
        IdentityStore store = open(elsewhere);
        IdentityFolder renewed = renewed(store);
        store.adopt(renewed);

        Pair named = new Pair(elsewhere.certificateFile(), elsewhere.keyFile());
        assertThat(IdentityStore.inForce(data, named))
                .isEqualTo(new Pair(renewed.certificateFile(), renewed.keyFile()));
        assertThat(id(open(elsewhere))).isEqualTo(id(renewed));
        assertThat(id(elsewhere)).isEqualTo(configured);
    }

    @Test
    void theNextRenewalDeletesTheOneBefore() throws IOException {
        IdentityStore store = open(elsewhere);
        IdentityFolder first = renewed(store);
        store.adopt(first);
        IdentityFolder second =
                authority.identity(store.renewed(NOW.plusSeconds(1)).path(), "gateway-1", LONG);
        store.adopt(second);

        assertThat(first.path()).doesNotExist();
        assertThat(id(open(elsewhere))).isEqualTo(id(second));
    }

    @Test
    void anotherCertificatePutThereByHandIsInForce() throws IOException {
        IdentityStore store = open(elsewhere);
        IdentityFolder renewed = renewed(store);
        store.adopt(renewed);
        IdentityFolder byHand = authority.identity(data.resolve("by-hand"), "gateway-1", LONG);

        assertThat(id(open(byHand))).isEqualTo(id(byHand));
        assertThat(renewed.path()).doesNotExist();
    }

    @Test
    void aPairOnTrialIsForgotten_byACrash() throws IOException {
        IdentityStore store = open(own);
        IdentityFolder renewed = renewed(store);

        assertThat(id(open(own))).isEqualTo(id(own));
        assertThat(renewed.path()).doesNotExist();
    }

    @Test
    void aCrashInTheMiddleOfTakingOverIsMadeGood() throws IOException {
        IdentityStore store = open(own);
        IdentityFolder renewed = renewed(store);
        String id = id(renewed);
        Files.writeString(
                data.resolve("identity/current.json"),
                Json.write(Map.of("folder", renewed.path().getFileName().toString(), "follows", id(own))));
        Files.copy(renewed.keyFile(), own.keyFile(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThat(id(open(own))).isEqualTo(id);
        assertThat(id(own)).isEqualTo(id);
        assertThat(renewed.path()).doesNotExist();
    }

    @Test
    void aDamagedPairLeavesTheConfiguredOneInForce() throws IOException {
        IdentityStore store = open(elsewhere);
        IdentityFolder renewed = renewed(store);
        store.adopt(renewed);
        Files.delete(renewed.keyFile());

        assertThat(id(open(elsewhere))).isEqualTo(id(elsewhere));
        assertThat(id(open(elsewhere))).isEqualTo(id(elsewhere));
    }

    @Test
    void aDamagedNoteLeavesTheConfiguredPairInForce() throws IOException {
        Files.writeString(data.resolve("identity/current.json"), "{\"folder\":\"../../etc\"}");
        assertThat(id(open(own))).isEqualTo(id(own));
        Files.writeString(data.resolve("identity/current.json"), "{");
        assertThat(id(open(own))).isEqualTo(id(own));
    }

    @Test
    void isRenewedBeforeItsEnd_laterInAShortLife_andByAge() throws IOException {
        RenewalRules rules = new RenewalRules(Duration.ofDays(30), Duration.ofDays(365), "template");
        IdentityFolder shortLived = authority.identity(data.resolve("short"), "gateway-1", Duration.ofHours(2));
        IdentityFolder endless = authority.identity(data.resolve("endless"), "gateway-1", Duration.ofDays(8000));

        assertThat(left(rules, own)).isEqualTo(Duration.ofDays(30));
        assertThat(left(rules, shortLived)).isEqualTo(Duration.ofHours(1));
        assertThat(rules.due(endless.certificate().orElseThrow()))
                .isEqualTo(endless.certificate()
                        .orElseThrow()
                        .getNotBefore()
                        .toInstant()
                        .plus(Duration.ofDays(365)));
    }

    private static Duration left(RenewalRules rules, IdentityFolder folder) throws IOException {
        var certificate = folder.certificate().orElseThrow();
        return Duration.between(
                rules.due(certificate), certificate.getNotAfter().toInstant());
    }
}
