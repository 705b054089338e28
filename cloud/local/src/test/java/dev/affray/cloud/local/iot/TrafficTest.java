package dev.affray.cloud.local.iot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private static String shown(String payload) {
        return Traffic.shown(payload.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void isTheMessage() {
        assertThat(shown("{ \"online\": true }")).isEqualTo("{\"online\":true}");
        assertThat(shown("[1]")).isEqualTo("[1]");
    }

    @Test
    void leavesOutWhatProvesAnIdentity() {
        assertThat(
                        shown(
                                "{\"certificateId\":\"ab\",\"certificatePem\":\"-----BEGIN\",\"certificateOwnershipToken\":\"opensesame\"}"))
                .contains("\"certificateId\":\"ab\"", "(10 characters)")
                .doesNotContain("opensesame", "BEGIN");
    }

    @Test
    void isOneLineOfBoundedLength_whateverCame() {
        assertThat(shown("{\"a\":\"" + "x".repeat(9000) + "\"}"))
                .hasSizeLessThan(4100)
                .contains("(9008 characters)");
        assertThat(shown("no\njson")).isEqualTo("(7 bytes that are not JSON)");
        assertThat(shown("{\"a\":\"one\\ntwo\"}")).doesNotContain("\n");
        assertThat(shown("")).doesNotContain("\n");
    }
}
