package dev.affray.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affray.cloud.local.CameraArgument.BadArgument;
import dev.affray.cloud.local.CameraArgument.Login;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CameraArgumentTest {
    @Test
    void takesUserAndPasswordOutOfTheUrl() throws BadArgument {
        CameraArgument camera = CameraArgument.parse("door=rtsp://admin:p%40ss+w%3Ard@192.0.2.7:8554/live/1?sub=2");

        assertThat(camera)
                .isEqualTo(new CameraArgument.Stream(
                        "door",
                        URI.create("rtsp://192.0.2.7:8554/live/1?sub=2"),
                        Optional.of(new Login("admin", "p@ss+w:rd"))));
        assertThat(camera.toString()).doesNotContain("p@ss");
    }

    @Test
    void keepsEscapesInThePathAsTheyAre() throws BadArgument {
        assertThat(CameraArgument.parse("door=rtsp://192.0.2.7/a%2Fb%20c?token=x%26y"))
                .isEqualTo(new CameraArgument.Stream(
                        "door", URI.create("rtsp://192.0.2.7/a%2Fb%20c?token=x%26y"), Optional.empty()));
    }

    @Test
    void aNameWithoutASchemeIsAFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a=b.mp4"), "video");

        assertThat(CameraArgument.parse("yard-2=" + file)).isEqualTo(new CameraArgument.File("yard-2", file));
        assertThat(CameraArgument.parse("yard-2=file://" + file)).isEqualTo(new CameraArgument.File("yard-2", file));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    door                               | must be ID=URL
                    front door=rtsp://192.0.2.7/x      | what stands before = is no id
                    =rtsp://192.0.2.7/x                | what stands before = is no id
                    rtsp://u:secret@192.0.2.7/x?a=b    | what stands before = is no id
                    door=ftp://192.0.2.7/x             | the scheme 'ftp' is not one of rtsp, rtsps, http, https, v4l2
                    door=v4l2:///dev/sda               | names no video device
                    door=rtsp://                       | is not a URL with a host
                    door=rtsp:///stream                | is not a URL with a host
                    door=no/such/file.mp4              | there is no file
                    door=.                             | is not a file
                    door=rtsp://u:p@se@cret@192.0.2.7 | must be written as %40
                    door=rtsp://u:se/cret@192.0.2.7/x  | must be written as %40
                    """)
    void saysWhatIsWrong_withoutAnyPassword(String argument, String complaint) {
        assertThatThrownBy(() -> CameraArgument.parse(argument))
                .isInstanceOf(BadArgument.class)
                .hasMessageContaining(complaint)
                .message()
                .doesNotContain("cret")
                .hasLineCount(1);
    }
}
