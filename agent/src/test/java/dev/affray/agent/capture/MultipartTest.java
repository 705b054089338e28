package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {
    /** As short as one gets, with what looks like the ends of lines and boundaries in it. */
    private static final String PICTURE = "\u00ff\u00d8one\r\n--fram\r\n\r\n--\u00ff\u00d9";

    private static Multipart multipart(String type, String body) {
        return new Multipart(type, new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static String text(byte[] picture) {
        return new String(picture, StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "boundary=frame        | --frame",
                "boundary=--frame      | --frame",
                "boundary=--frame      | ----frame",
                "boundary=frame        | frame",
                "boundary=\"frame\"    | --frame",
                "charset=x; BOUNDARY=frame; a=b | --frame",
                "a=b                   | --frame",
            })
    void readsPicturesByteForByte_howeverTheBoundaryIsWritten(String parameter, String line) throws IOException {
        for (boolean lengths : new boolean[] {true, false}) {
            String head = line + "\r\nContent-Type: image/jpeg\r\n"
                    + (lengths ? "content-length: " + PICTURE.length() + "\r\n" : "") + "X-Time: 1\r\n\r\n";
            Multipart multipart = multipart(
                    "multipart/x-mixed-replace; " + parameter,
                    "\r\n" + head + PICTURE + "\r\n" + head + PICTURE + "\r\n" + head);
            assertThat(text(multipart.next())).isEqualTo(PICTURE);
            assertThat(text(multipart.next())).isEqualTo(PICTURE);
            assertThatThrownBy(multipart::next).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void readsPartsWithoutHeaders_withBareLineFeeds_andAfterAPreamble() throws IOException {
        String part = "--frame\n\n" + PICTURE + "\n";
        Multipart multipart =
                multipart("multipart/x-mixed-replace;boundary=frame", "Hello\nthere\n" + part + part + "--frame--\n");
        assertThat(text(multipart.next())).isEqualTo(PICTURE);
        assertThat(text(multipart.next())).isEqualTo(PICTURE);
        assertThatThrownBy(multipart::next).isInstanceOf(IOException.class);
    }

    @Test
    void readsPicturesOfAnySize_andHoweverTheyComeInPieces() throws IOException {
        for (int size : new int[] {4, 16_383, 16_384, 65_536, 1_048_576, 1_048_577, 5_000_000}) {
            StringBuilder picture = new StringBuilder("\u00ff\u00d8");
            for (int i = 2; i < size; i++) {
                picture.append((char) (i * 31 % 251));
            }
            for (String length : new String[] {"", "Content-Length: " + size + "\r\n"}) {
                String part = "--frame\r\n" + length + "\r\n" + picture + "\r\n";
                byte[] body = (part + part + "--frame\r\n").getBytes(StandardCharsets.ISO_8859_1);
                InputStream pieces = new ByteArrayInputStream(body) {
                    @Override
                    public synchronized int read(byte[] into, int offset, int most) {
                        return super.read(into, offset, Math.min(most, 1_021));
                    }
                };
                Multipart multipart = new Multipart("multipart/x-mixed-replace; boundary=frame", pieces);
                assertThat(multipart.next())
                        .asString(StandardCharsets.ISO_8859_1)
                        .isEqualTo(picture.toString());
                assertThat(multipart.next()).hasSize(size);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--frame\r\nContent-Type: text/html\r\n\r\n<html>\r\n--frame\r\n",
                "--frame\r\nContent-Length: 3\r\n\r\nabc\r\n--frame\r\n",
                "--frame\r\nContent-Length: -1\r\n\r\n",
                "--frame\r\nContent-Length: 999999999\r\n\r\n",
                "--frame\r\nContent-Length: 99999999999999\r\n\r\n",
                "--frame\r\nContent-Length: 2\r\n\r\n\u00ff\u00d8\u00ff\u00d9 and more\r\n--frame\r\n",
            })
    void refusesWhatIsNoPicture(String body) {
        assertThatThrownBy(multipart("multipart/x-mixed-replace; boundary=frame", body)::next)
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(EOFException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "--frame\r\n", "--frame\r\n\r\n\u00ff\u00d8", "\n"})
    void readsNoEndlessAnswerToItsEnd(String start) {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'a';
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                Arrays.fill(into, offset, offset + length, (byte) 'a');
                return length;
            }
        };
        InputStream all =
                new SequenceInputStream(new ByteArrayInputStream(start.getBytes(StandardCharsets.ISO_8859_1)), endless);
        assertThatThrownBy(new Multipart("multipart/x-mixed-replace; boundary=frame", all)::next)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("end");
    }
}
