package dev.affray.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VideoDeviceTest {
    @Test
    void knowsThePathAndTheOptionsOfItsUrl() {
        URI url = URI.create("v4l2:///dev/video2?video_size=1280x720&framerate=15&input_format=mjpeg");
        assertThat(VideoDevice.of(url))
                .isEqualTo(new VideoDevice(
                        "/dev/video2", Map.of("video_size", "1280x720", "framerate", "15", "input_format", "mjpeg")));
        assertThat(VideoDevice.of(URI.create("V4L2:///dev/v4l/by-id/usb-046d_HD-video-index0")))
                .isEqualTo(new VideoDevice("/dev/v4l/by-id/usb-046d_HD-video-index0", Map.of()));
    }

    @Test
    void saysWhichOptionIsWrong_andWhatThereIs() {
        assertThatThrownBy(() -> VideoDevice.of(URI.create("v4l2:///dev/video0?framerate=fast")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("url: has the option 'framerate=fast';"
                        + " there are video_size=1280x720, framerate=15 and input_format=mjpeg");
        assertThatThrownBy(() -> VideoDevice.of(URI.create("v4l2:///dev/video0?fps")))
                .hasMessageContaining("has the option 'fps'");
    }
}
