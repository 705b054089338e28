package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpBodyTest {
    private static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3\r\none\r\n4\r\n\r\ntw\r\n1\r\no\r\n0\r\n\r\n",
                "03 \r\none\r\n00004;name=\"a b\"\r\n\r\ntw\r\n1\r\no\r\n0;x\r\nTrailer: 1\r\n\r\n",
                "8\none\r\ntwo\n0\n\n",
            })
    void joinsChunks_andLeavesWhatComesAfterThem(String chunks) throws IOException {
        InputStream in = in(chunks + "HTTP/1.1");
        HttpBody body = HttpBody.chunked(in);
        assertThat(text(body)).isEqualTo("one\r\ntwo");
        assertThat(body.isRead()).isTrue();
        assertThat(text(in)).isEqualTo("HTTP/1.1");
    }

    @Test
    void endsWithItsLength_orWithItsConnection() throws IOException {
        InputStream in = in("one and more");
        HttpBody body = HttpBody.of(in, 3);
        assertThat(body.isRead()).isFalse();
        assertThat(text(body)).isEqualTo("one");
        assertThat(body.isRead()).isTrue();
        HttpBody rest = HttpBody.endless(in);
        assertThat(text(rest)).isEqualTo(" and more");
        assertThat(rest.isRead()).as("with its connection still there").isFalse();
        assertThat(HttpBody.of(in, 0).isRead()).isTrue();
    }

    @Test
    void isCutOff_whereTheConnectionEndsBeforeIt() {
        assertThatThrownBy(() -> text(HttpBody.of(in("on"), 3))).isInstanceOf(EOFException.class);
        for (String chunks : new String[] {"", "3", "3\r\non", "3\r\none", "3\r\none\r\n0\r\n"}) {
            assertThatThrownBy(() -> text(HttpBody.chunked(in(chunks)))).isInstanceOf(EOFException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\n", "\r\n", "-1\r\n", "11111111111111111\r\n", "2\r\none\r\n0\r\n\r\n"})
    void refusesWhatIsNoChunk(String chunks) {
        assertThatThrownBy(() -> text(HttpBody.chunked(in(chunks))))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(EOFException.class);
    }
}
