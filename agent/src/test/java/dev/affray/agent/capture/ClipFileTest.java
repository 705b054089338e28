package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.affray.agent.capture.Clip.Reason;
import dev.affray.agent.capture.Clip.Written;
import dev.affray.agent.capture.Recorded.Packet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.TemporalUnitOffset;
import org.assertj.core.data.TemporalUnitWithinOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Films of two seconds in every form that cameras have, led into a history and cut out of it again. */
class ClipFileTest {
    private static final String X264 = "-c:v libx264 -preset ultrafast -g 12 ";

    private static final List<Character> H265_SETS = List.of((char) (32 << 1), (char) (33 << 1), (char) (34 << 1));

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mpegts | " + X264 + "-tune zerolatency",
                "mpegts | " + X264 + "-bf 2",
                "mp4    | " + X264 + "-bf 2",
                "flv    | " + X264 + "-bf 2",
                "mpegts | -c:v libx265 -preset ultrafast -x265-params log-level=error:keyint=12:bframes=2:open-gop=0",
                "avi    | -c:v mjpeg -pix_fmt yuvj420p",
                "mpegts | -c:v mpeg2video -g 12"
            })
    void holdsEveryPacketAsItWas(String format, String coding) throws Exception {
        try (Recorded recorded = new Recorded(ClipBounds.DEFAULT).play(film(coding, format), 0)) {
            Path file = folder.resolve("clip.mp4");
            Written clip = cut(recorded, 0, 10, file);

            assertThat(clip.pictures()).isEqualTo(recorded.packets.size());
            assertThat(clip.bytes()).isEqualTo(Files.size(file));
            assertThat(clip.from()).isCloseTo(recorded.at(0), within());
            assertThat(clip.rest()).isEmpty();
            assertSame(Recorded.read(file), recorded.packets);
            assertThat(probe(file, "stream=codec_type")).isEqualTo("video");
            assertThat(probe(file, "stream=start_time").replaceAll("0*$", "")).isEqualTo("0.");
            assertThat(Double.parseDouble(probe(file, "format=duration"))).isCloseTo(2, offset(0.02));
            assertThat(run("ffmpeg", "-v", "error", "-i", file.toString(), "-f", "null", "-"))
                    .isEmpty();
            assertThat(decoded(file)).isEqualTo(recorded.packets.size());
        }
    }

    @Test
    void beginsAtTheKeyPictureBefore_andEndsWhereAsked() throws Exception {
        try (Recorded recorded = new Recorded(ClipBounds.DEFAULT).play(film(X264, "mp4"), 0)) {
            Path file = folder.resolve("clip.mp4");
            Written clip = cut(recorded, 0.7, 1.2, file);

            assertThat(clip.from()).isCloseTo(recorded.at(0.5), within());
            assertThat(clip.to()).isCloseTo(recorded.at(1.2), within());
            List<Packet> packets = Recorded.read(file);
            assertSame(packets, recorded.packets.subList(12, 12 + clip.pictures()));
            assertThat(clip.pictures()).isBetween(17, 18);
            assertThat(packets.getFirst().key).isTrue();
            assertThat(probe(file, "format_tags=creation_time"))
                    .startsWith(clip.from()
                            .truncatedTo(ChronoUnit.SECONDS)
                            .toString()
                            .substring(0, 19));
        }
    }

    @Test
    void leavesOutPictures_thatNeedWhatIsBeforeTheKeyPicture() throws Exception {
        String coding = "-c:v libx265 -preset ultrafast -x265-params log-level=error:keyint=12:min-keyint=12:"
                + "bframes=2:open-gop=1:b-adapt=0:scenecut=0";
        try (Recorded recorded = new Recorded(ClipBounds.DEFAULT).play(film(coding, "mpegts"), 0)) {
            Path file = folder.resolve("clip.mp4");
            Written clip = cut(recorded, 1.2, 9, file);

            List<Packet> packets = Recorded.read(file);
            assertThat(packets.getFirst().key).isTrue();
            assertThat(packets).hasSize(clip.pictures());
            assertThat(recorded.packets.size() - clip.pictures()).isBetween(13, 26);
            assertThat(run("ffmpeg", "-v", "error", "-i", file.toString(), "-f", "null", "-"))
                    .isEmpty();
            assertThat(decoded(file)).isEqualTo(clip.pictures());
            assertThat(probe(file, "stream=codec_tag_string")).isEqualTo("hvc1");
        }
    }

    @Test
    void endsWhereTheCodingChanges_andTellsWhereItGoesOn() throws Exception {
        byte[] both = Films.then(Films.ts("320x240", 24), Films.ts("640x480", 24));
        try (Recorded recorded = new Recorded(ClipBounds.DEFAULT).play(Recorded.film(folder, both, "ts"), 0)) {
            Path file = folder.resolve("clip.mp4");
            Written first = cut(recorded, 1.2, 10, file);
            assertThat(first.rest()).isPresent();
            assertThat(probe(file, "stream=width")).isEqualTo("320");
            assertThat(decoded(file)).isEqualTo(first.pictures()).isEqualTo(24);

            Clip rest = clip(recorded, first.rest().get(), recorded.at(10), file);
            assertThat(rest).isInstanceOfSatisfying(Written.class, written -> {
                assertThat(written.pictures()).isEqualTo(48);
                assertThat(written.rest()).isEmpty();
            });
            assertThat(probe(file, "stream=width")).isEqualTo("640");
            assertThat(decoded(file)).isEqualTo(48);
        }
    }

    @Test
    void goesOnOverAGap_whenTheStreamWasOpenedAgain() throws Exception {
        Path film = film(X264 + "-bf 2", "mpegts");
        try (Recorded recorded = new Recorded(ClipBounds.DEFAULT).play(film, 0).play(film, 3)) {
            Path file = folder.resolve("clip.mp4");
            Written clip = cut(recorded, 0, 10, file);

            assertThat(clip.pictures()).isEqualTo(96);
            assertThat(clip.rest()).isEmpty();
            assertThat(Double.parseDouble(probe(file, "format=duration"))).isCloseTo(7, offset(0.1));
            assertThat(run("ffmpeg", "-v", "error", "-i", file.toString(), "-f", "null", "-"))
                    .isEmpty();
            assertThat(clip(recorded, recorded.at(3), recorded.at(4), file))
                    .as("in the gap")
                    .isInstanceOfSatisfying(Clip.Refused.class, refused -> {
                        assertThat(refused.reason()).isEqualTo(Reason.NOTHING_KEPT);
                        assertThat(refused.detail()).contains("only from");
                    });
            assertThat(((Written) clip(recorded, recorded.at(3), recorded.at(9), file)).from())
                    .as("from within the gap")
                    .isCloseTo(recorded.at(5), within());
        }
    }

    @Test
    void refusesWhatMp4CannotHold() throws Exception {
        Path film = film("-c:v libvpx -deadline realtime -cpu-used 8", "webm");
        try (Recorded recorded = new Recorded(ClipBounds.DEFAULT).play(film, 0)) {
            Path file = folder.resolve("clip.mp4");
            assertThat(clip(recorded, recorded.at(0), recorded.at(9), file))
                    .isEqualTo(new Clip.Refused(Reason.UNFIT, "an MP4 file cannot hold vp8"));
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void leavesNothingBehind_whenItCannotBeWritten() throws Exception {
        try (Recorded recorded = new Recorded(ClipBounds.DEFAULT).play(film(X264, "mp4"), 0)) {
            Path file =
                    Files.createDirectories(folder.resolve("clip.mp4/inside")).getParent();
            assertThatThrownBy(() -> cut(recorded, 0, 9, file)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> cut(recorded, 0, 9, folder.resolve("nowhere/clip.mp4")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no such file or directory");
            assertThat(folder.resolve("clip.mp4.tmp")).doesNotExist();
        }
    }

    private Path film(String coding, String format) throws Exception {
        return Recorded.film(folder, Films.film("320x240", 24, coding, format), format);
    }

    private static Written cut(Recorded recorded, double from, double to, Path file) throws IOException {
        Clip clip = clip(recorded, recorded.at(from), recorded.at(to), file);
        assertThat(clip).isInstanceOf(Written.class);
        return (Written) clip;
    }

    private static Clip clip(Recorded recorded, Instant from, Instant to, Path file) throws IOException {
        try (Excerpt excerpt = recorded.history.excerpt(from, to)) {
            return excerpt.packets().isEmpty()
                    ? new Clip.Refused(Reason.NOTHING_KEPT, recorded.history.lacking())
                    : ClipFile.write(excerpt, file);
        }
    }

    private static TemporalUnitOffset within() {
        return new TemporalUnitWithinOffset(60, ChronoUnit.MILLIS);
    }

    /** The same units of video, whether each begins with a start code or with its length. The file says the parameter sets of H.265 once for all. */
    private static void assertSame(List<Packet> clip, List<Packet> film) {
        assertThat(clip).hasSameSizeAs(film);
        for (int i = 0; i < clip.size(); i++) {
            byte[] ours = clip.get(i).bytes;
            byte[] theirs = film.get(i).bytes;
            assertThat(clip.get(i).key).isEqualTo(film.get(i).key);
            if (!Arrays.equals(ours, theirs)) {
                assertThat(byLength(ours)).containsExactlyElementsOf(byStartCode(theirs));
            }
        }
    }

    private static List<String> byLength(byte[] packet) {
        List<String> units = new ArrayList<>();
        int at = 0;
        while (at < packet.length) {
            int length = (packet[at] & 255) << 24
                    | (packet[at + 1] & 255) << 16
                    | (packet[at + 2] & 255) << 8
                    | packet[at + 3] & 255;
            units.add(new String(packet, at + 4, length, StandardCharsets.ISO_8859_1));
            at += 4 + length;
        }
        return units;
    }

    private static List<String> byStartCode(byte[] packet) {
        return Arrays.stream(new String(packet, StandardCharsets.ISO_8859_1).split("\0\0\0?\1"))
                .filter(unit -> !unit.isEmpty() && !H265_SETS.contains(unit.charAt(0)))
                .toList();
    }

    private static int decoded(Path file) throws Exception {
        int[] pictures = {0};
        try (VideoInput input =
                VideoInput.open(new CaptureSource.LocalFile(file, false), new Interrupt(), 10_000_000_000L)) {
            while (Captures.read(input, (_, _) -> pictures[0]++) != VideoInput.Packet.END) {}
            assertThat(input.decodeErrors()).isZero();
        }
        return pictures[0];
    }

    private static String probe(Path file, String entry) throws Exception {
        return run("ffprobe", "-v", "error", "-show_entries", entry, "-of", "csv=p=0", file.toString())
                .replace(",", "");
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.strip();
    }
}
