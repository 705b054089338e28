package dev.affray.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameKeyTest {
    private static final String NAME_CHARACTERS = "ABCXYZabcxyz0189_-";

    @Test
    void theGrammarIsTheOneThatIsDocumented() {
        Frame frame = new Frame(
                new CameraId("northgate-gw1", "door"),
                Instant.parse("2026-11-20T07:31:14.500Z"),
                3680,
                OptionalInt.of(87));
        assertThat(new FrameKey(Line.LIVE, frame).format())
                .isEqualTo("live/northgate-gw1/door/2026/11/20/07/1795159874500-0000003680-087.jpg");
    }

    @Test
    void anyFrameReadsBackFromItsKey() {
        Random random = new Random(20261120);
        for (int i = 0; i < 5_000; i++) {
            FrameKey key = new FrameKey(random.nextBoolean() ? Line.LIVE : Line.BACKLOG, frame(random));
            String text = key.format();
            assertThat(FrameKey.parse(text)).isEqualTo(key);
            assertThat(text).startsWith(key.line().prefix() + "/" + key.frame().camera() + "/");
        }
    }

    @Test
    void namesOfOneCameraSortByCapture() {
        Random random = new Random(7);
        CameraId camera = new CameraId("gw", "door");
        List<Frame> frames = Stream.generate(() -> frame(random))
                .limit(500)
                .map(f -> new Frame(camera, f.capturedAt(), f.sequence(), f.edgeScore()))
                .toList();
        assertThat(frames.stream().sorted().map(Frame::position).toList())
                .isEqualTo(frames.stream().map(Frame::position).sorted().toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                                     | it has 1 parts instead of 8
            live/gw/door/1795159874500-0000003680-087.jpg                          | it has 4 parts instead of 8
            live/gw/door/x/2026/11/20/07/1795159874500-0000003680-087.jpg          | it has 9 parts instead of 8
            /gw/door/2026/11/20/07/1795159874500-0000003680-087.jpg                | it begins with neither live/ nor backlog/
            LIVE/gw/door/2026/11/20/07/1795159874500-0000003680-087.jpg            | it begins with neither live/ nor backlog/
            clips/gw/door/2026/11/20/07/1795159874500-0000003680-087.jpg           | it begins with neither live/ nor backlog/
            live/../door/2026/11/20/07/1795159874500-0000003680-087.jpg            | thing '..' is not 1 to 64 characters
            live/gw/the door/2026/11/20/07/1795159874500-0000003680-087.jpg        | camera 'the door' is not 1 to 64 characters
            live//door/2026/11/20/07/1795159874500-0000003680-087.jpg              | thing '' is not 1 to 64 characters
            live/gw/door/2026/11/20/07/1795159874500-0000003680-087.png            | it does not end in .jpg
            live/gw/door/2026/11/20/07/1795159874500-0000003680-087.jpg.tmp        | it does not end in .jpg
            live/gw/door/2026/11/20/07/1795159874-0000003680-087.jpg               | is not {13 digits}
            live/gw/door/2026/11/20/07/1795159874500-3680-087.jpg                  | is not {13 digits}
            live/gw/door/2026/11/20/07/1795159874500-0000003680-87.jpg             | is not {13 digits}
            live/gw/door/2026/11/20/07/1795159874500-0000003680.jpg                | is not {13 digits}
            live/gw/door/2026/11/20/07/1795159874500-0000003680-101.jpg            | edge score 101 is not 0 to 100
            live/gw/door/2026/11/20/08/1795159874500-0000003680-087.jpg            | its hour is not that of its capture time
            live/gw/door/2026/11/20/7/1795159874500-0000003680-087.jpg             | its hour is not that of its capture time
            """)
    void aMalformedKeyIsRefusedWithItsReason(String key, String reason) {
        assertThatThrownBy(() -> FrameKey.parse(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + key + "' is not a frame key: ")
                .hasMessageContaining(reason);
    }

    private static Frame frame(Random random) {
        Instant capturedAt = Instant.ofEpochMilli(random.nextLong(9_999_999_999_999L + 1));
        long sequence = random.nextLong(Frame.MAX_SEQUENCE + 1);
        OptionalInt score = random.nextInt(4) == 0 ? OptionalInt.empty() : OptionalInt.of(random.nextInt(101));
        return new Frame(new CameraId(name(random), name(random)), capturedAt, sequence, score);
    }

    private static String name(Random random) {
        return random.ints(1 + random.nextInt(64), 0, NAME_CHARACTERS.length())
                .mapToObj(i -> String.valueOf(NAME_CHARACTERS.charAt(i)))
                .collect(Collectors.joining());
    }
}
