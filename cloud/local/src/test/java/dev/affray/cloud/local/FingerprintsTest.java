package dev.affray.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affray.cloud.local.CameraArgument.BadArgument;
import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintsTest {
    private static final String PRINT = "AB".repeat(32);

    private static List<CameraArgument> cameras() throws BadArgument {
        return List.of(
                CameraArgument.parse("door=rtsps://192.0.2.7/stream"),
                CameraArgument.parse("yard=rtsp://192.0.2.8/h264"));
    }

    @Test
    void aFingerprintBelongsToACameraThatShowsACertificate() throws BadArgument {
        List<CameraArgument> cameras = cameras();
        assertThat(Fingerprints.of(List.of("door=" + PRINT), cameras))
                .containsOnlyKeys("door")
                .containsValue(PRINT);
        String colons = String.join(":", PRINT.split("(?<=\\G..)", -1)).replaceAll(":$", "");
        assertThat(Fingerprints.of(List.of("door=" + colons), cameras)).containsEntry("door", colons);
    }

    @Test
    void anyOtherIsRefused() throws BadArgument {
        List<CameraArgument> cameras = cameras();
        for (String wrong : List.of("door", "door=12", "yard=" + PRINT, "gate=" + PRINT, "=" + PRINT)) {
            assertThatThrownBy(() -> Fingerprints.of(List.of(wrong), cameras))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("--fingerprint");
        }
    }
}
