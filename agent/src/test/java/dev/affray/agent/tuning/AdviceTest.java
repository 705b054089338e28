package dev.affray.agent.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.agent.capture.Access;
import dev.affray.agent.capture.StreamFacts;
import dev.affray.agent.capture.StreamFacts.Pace;
import dev.affray.camera.CameraConfig;
import dev.affray.camera.CameraDocument;
import dev.affray.camera.Sampling;
import dev.affray.document.Json;
import dev.affray.document.Reading;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdviceTest {
    private static final Access DIGEST = new Access(List.of("Digest, realm \"Camera\", MD5"), null, "TCP", null, false);
    private static final Access OPEN = new Access(List.of(), null, "TCP", null, true);
    private static final Access BASIC = new Access(List.of("Basic, realm \"Camera\""), null, "TCP", null, false);

    private static Advice advice(StreamFacts facts, Access access, String url) {
        Reading<CameraConfig> document = CameraDocument.read(Json.tree("""
                {"name": "Yard", "site": {"name": "School", "zone": "UTC"}, "source": {"url": "%s"}}
                """.formatted(url)));
        return switch (document) {
            case Reading.Accepted<CameraConfig>(CameraConfig config) -> Advice.of(facts, access, config);
            case Reading.Refused<CameraConfig> refused -> throw new AssertionError(refused.toString());
        };
    }

    private static Advice advice(StreamFacts facts) {
        return advice(facts, DIGEST, "rtsp://camera/1");
    }

    private static StreamFacts facts(String codec, int width, Pace pace) {
        return new StreamFacts(codec, null, width, width * 9 / 16, true, 25.0, pace);
    }

    private static Pace pace(double rate, long keys, @Nullable Double keySeconds) {
        return new Pace(10, (long) (10 * rate), rate, false, false, keys, keySeconds, 2000.0, 40_000, 8_000, true);
    }

    @Test
    void findsNothingToChange_atACameraThatIsSetWell() {
        Advice advice = advice(facts("h264", 1280, pace(25, 5, 2.0)));

        assertThat(advice.mode()).isEqualTo(Sampling.Mode.INTERVAL);
        assertThat(advice.notes()).hasSize(2).first().asString().contains("sampling.mode interval suits it");
        assertThat(advice.notes()).last().asString().contains("packet stage of the gate can work");
    }

    @Test
    void takesKeyPicturesAlone_whereTheyComeOften() {
        assertThat(advice(facts("h264", 1280, pace(25, 20, 0.5))).mode()).isEqualTo(Sampling.Mode.KEYFRAMES);
        assertThat(advice(facts("mjpeg", 1280, pace(25, 250, 0.04))).mode()).isEqualTo(Sampling.Mode.INTERVAL);
    }

    @Test
    void asksForKeyPictures_thatComeSoonEnough() {
        assertThat(advice(facts("h264", 1280, pace(25, 2, 8.0))).notes())
                .first()
                .asString()
                .contains("up to 8.0 s apart", "interval to 2 s");
        assertThat(advice(facts("h264", 1280, pace(25, 1, null))).notes())
                .first()
                .asString()
                .contains("no second key picture within 10 s", "interval to 2 s");
        assertThat(advice(facts("h264", 1280, pace(25, 0, null))).notes())
                .first()
                .asString()
                .contains("no key picture within 10 s", "interval to 2 s");
        Pace tooMuch = new Pace(30, 750, 25.0, false, false, 2, 25.0, 9000.0, 40_000, 8_000, false);
        assertThat(advice(facts("h264", 1280, tooMuch)).notes())
                .first()
                .asString()
                .contains("packet stage of the gate cannot work", "interval to 2 s");
    }

    @Test
    void saysWhatCostsMoreThanItNeed() {
        assertThat(advice(facts("hevc", 2560, pace(25, 5, 2.0))).notes())
                .anyMatch(note -> note.startsWith("H.265 costs more"))
                .anyMatch(note -> note.startsWith("Pictures are scaled from 2560 to 1280"));
        assertThat(advice(facts("mjpeg", 1280, pace(10, 100, 0.1))).notes())
                .anyMatch(note -> note.contains("is spooled as the camera sent it"));
        assertThat(advice(facts("mjpeg", 1920, pace(10, 100, 0.1))).notes())
                .anyMatch(note -> note.contains("They are encoded anew"));
    }

    @Test
    void saysWhatIsOddAboutTheRate() {
        Pace odd = new Pace(10, 20, 2.0, true, true, 5, 2.0, 2000.0, 40_000, 8_000, true);

        assertThat(advice(facts("h264", 1280, odd)).notes())
                .anyMatch(note -> note.contains("2.0 pictures a second are few"))
                .anyMatch(note -> note.contains("declares 25.0 pictures a second and sends 2.0"))
                .anyMatch(note -> note.contains("rate varies"))
                .anyMatch(note -> note.contains("B-frames"));
    }

    @Test
    void saysWhoElseMightWatch() {
        StreamFacts good = facts("h264", 1280, pace(25, 5, 2.0));

        assertThat(advice(good, OPEN, "rtsp://camera/1").notes())
                .anyMatch(note -> note.contains("asks for no login"))
                .anyMatch(note -> note.contains("sound, which is never taken"));
        assertThat(advice(good, BASIC, "rtsp://camera/1").notes()).anyMatch(note -> note.contains("in the clear"));
        assertThat(advice(good, BASIC, "rtsps://camera/1").notes()).noneMatch(note -> note.contains("in the clear"));
    }
}
