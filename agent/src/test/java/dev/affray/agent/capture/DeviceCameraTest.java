package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.affray.agent.capture.CaptureSource.Device;
import dev.affray.camera.Source;
import dev.affray.camera.VideoDevice;
import dev.affray.health.CameraState;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceCameraTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void goesOnLooking_whenTheDeviceIsNotThere() {
        Path device = Path.of("/dev/video999");
        assumeThat(device).doesNotExist();
        Captures captures = new Captures();
        try (Camera camera = captures.camera(device("v4l2://" + device), 5)) {
            camera.start();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(camera.status().detail())
                            .isEqualTo("there is no /dev/video999: the camera is not plugged in,"
                                    + " or not let into this container"));
            assertThat(camera.status().state()).isEqualTo(CameraState.RECONNECTING);
        }
        captures.assertLaw();
    }

    @Test
    void refusesWhatIsNoDevice() throws Exception {
        Path file = Files.createFile(folder.resolve("video0"));
        assertThatThrownBy(() -> SourceCheck.device(file)).hasMessage(file + " is not a video device");
        assertThatThrownBy(() -> SourceCheck.device(folder)).hasMessage(folder + " is not a video device");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertThatThrownBy(() -> SourceCheck.device(link)).hasMessage(link + " is not a video device");
    }

    @Test
    void saysWhatFfmpegSays_whenTheDeviceGivesNoVideo() {
        assumeThat(Path.of("/dev/null")).exists();
        Ffmpeg.load();
        try {
            DeviceLibrary.load();
        } catch (CaptureException e) {
            assumeThat(e.reason()).as("libraries for video devices").isNull();
        }
        Device device = new Device(new VideoDevice("/dev/null", Map.of()), Source.Decoder.SOFTWARE);
        assertThatThrownBy(() -> VideoInput.open(device, new Interrupt(), PATIENCE.toNanos()))
                .isInstanceOfSatisfying(
                        CaptureException.class, e -> assertThat(e.isHopeless()).isFalse())
                .hasMessageContaining("Inappropriate ioctl for device");
    }

    @Test
    void readsPictures_untilTheCameraIsUnplugged() throws Exception {
        assertThat(read(
                        "v4l2:///dev/video77?video_size=160x120&framerate=25&input_format=yuyv422",
                        device("20", "gone")))
                .containsExactly(
                        "rawvideo 160x120 25 fps",
                        "video4linux2,v4l2: ioctl(VIDIOC_DQBUF): No such device",
                        "20 pictures",
                        "h264 640x360 15 fps",
                        "15 pictures");
    }

    @Test
    void givesUp_whenTheDeviceFallsSilent() throws Exception {
        assertThat(read("v4l2:///dev/video77", device("3", "silent")))
                .startsWith("rawvideo 320x240 30 fps", "no picture for 1 s", "3 pictures");
    }

    @Test
    void saysSo_whenTheDeviceHasNotTheFormat() throws Exception {
        assertThat(read("v4l2:///dev/video77?input_format=h264", device("3", "gone"))
                        .getFirst())
                .contains("Cannot find a proper format for codec 'h264'");
    }

    @Test
    void namesTheLibraryThatLacks_andPlaysOtherSourcesNevertheless() throws Exception {
        Files.createFile(folder.resolve("libxcb-shm.so.0"));
        assertThat(read("v4l2:///dev/video0", Map.of("LD_LIBRARY_PATH", folder.toString())))
                .containsExactly(
                        "video devices cannot be read: this machine lacks libxcb-shm.so.0; on Debian: apt install"
                                + " libxcb1 libxcb-shm0 libasound2 libpulse0, then start the agent again",
                        "0 pictures",
                        "h264 640x360 15 fps",
                        "15 pictures");
    }

    @Test
    void findsTheNameOfTheLibrary_inWhatTheLinkerSays() {
        LinkageError error = new UnsatisfiedLinkError("no jniavdevice in java.library.path: /usr/lib");
        error.initCause(
                new UnsatisfiedLinkError("/home/affray/.javacpp/cache/libjniavdevice.so: libpulse.so.0: cannot open"
                        + " shared object file: No such file or directory"));
        assertThat(DeviceLibrary.complaint(error)).contains("this machine lacks libpulse.so.0; on Debian");
    }

    private static Device device(String url) {
        return new Device(VideoDevice.of(URI.create(url)), Source.Decoder.SOFTWARE);
    }

    /** The environment of a process that sees a device at /dev/video77; the test is skipped where there is no C compiler for it. */
    private Map<String, String> device(String pictures, String then) throws Exception {
        Path source =
                Path.of(DeviceCameraTest.class.getResource("/video-device.c").toURI());
        Path library = folder.resolve("video-device.so");
        int code = -1;
        try {
            code = new ProcessBuilder("gcc", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl")
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            // As if it had failed.
        }
        assumeThat(code)
                .as("gcc, and the headers of Linux, to make a video device of")
                .isZero();
        return Map.of("LD_PRELOAD", library.toString(), "VIDEO_DEVICE_PICTURES", pictures, "VIDEO_DEVICE_THEN", then);
    }

    private List<String> read(String url, Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                DeviceReader.class.getName(),
                url,
                Captures.sample(1).toString());
        builder.environment().putAll(environment);
        Process process =
                builder.redirectError(folder.resolve("errors").toFile()).start();
        List<String> lines = process.inputReader().readAllLines();
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("errors")))
                .isZero();
        return lines;
    }
}
