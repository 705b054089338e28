package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.affray.agent.capture.CaptureSource.LocalFile;
import dev.affray.agent.capture.CaptureSource.Stream;
import dev.affray.camera.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of hardware that is not there or does not work; where it is there, the pictures must be the same. */
class HardwareTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LEISURE = PATIENCE.toNanos();

    private final AtomicInteger created = new AtomicInteger();

    @TempDir
    Path folder;

    @BeforeAll
    static void load() {
        Ffmpeg.load();
    }

    @ParameterizedTest
    @EnumSource(names = "SOFTWARE", mode = EnumSource.Mode.EXCLUDE)
    void givesEveryPicture_andSaysWhatDecodes_whateverThisMachineHas(Source.Decoder wanted) throws Exception {
        try (Hardware hardware = new Hardware("test", wanted)) {
            assertThat(pictures(hardware)).isEqualTo(pictures(Hardware.none()));
            String word =
                    wanted == Source.Decoder.AUTO ? "vaapi" : wanted.name().toLowerCase(Locale.ROOT);
            assertThat(hardware.note())
                    .matches(", (vaapi|cuda|v4l2m2m) decoder|, software decoder: " + word
                            + " (has no|cannot|may not).*");
        }
    }

    @Test
    void showsInTheHealthOfTheCamera_whatDecodesInsteadOfTheHardware() throws Exception {
        Captures captures = new Captures();
        try (HttpFeed feed = HttpFeed.live(Films.ts("320x240", 15), 2);
                Camera camera = captures.camera(stream(feed, Source.Decoder.CUDA), 10)) {
            camera.start();
            await().atMost(PATIENCE).until(() -> captures.frames.size() >= 3);
            assertThat(camera.status().source())
                    .matches("h264 320x240 15 fps, (cuda decoder|software decoder: cuda cannot be opened: .+)");
        }
        captures.assertLaw();
        assertThat(captures.ledger.counts().failed()).isZero();
    }

    @Test
    void triesEveryKindInTurn_whenTheChoiceIsItsOwn() throws Exception {
        try (Hardware hardware = new Hardware("test", Accelerator.of(Source.Decoder.AUTO), List.of(), this::none)) {
            assertThat(pictures(hardware)).isEqualTo(pictures(Hardware.none()));
            assumeThat(hardware.kind()).as("no V4L2 decoder on this machine").isEmpty();
            assertThat(hardware.note())
                    .startsWith(", software decoder: vaapi ")
                    .contains("; cuda cannot be opened: ", "; v4l2m2m cannot be opened: ");
        }
        assertThat(created).as("devices tried, each once").hasValue(2);
    }

    @Test
    void losesNoPicture_whenTheDeviceOpens_butDecodesNothing() throws Exception {
        List<Accelerator> kinds = List.of(Accelerator.VAAPI);
        try (Hardware hardware = new Hardware("test", kinds, List.of(), this::unusable)) {
            assertThat(pictures(hardware)).isEqualTo(pictures(Hardware.none()));
            assertThat(hardware.note()).startsWith(", software decoder: vaapi cannot decode this video: ");
            assertThat(hardware.kind()).isEmpty();

            assertThat(pictures(hardware)).isEqualTo(pictures(Hardware.none()));
        }
        assertThat(created).as("opened once").hasValue(1);
    }

    @Test
    void saysSo_whenTheCodecIsNotForThatHardware() throws Exception {
        Path film = folder.resolve("film.avi");
        Files.write(film, Films.film("320x240", 15, "-c:v ffv1", "avi"));
        List<Accelerator> kinds = List.of(Accelerator.VAAPI, Accelerator.CUDA, Accelerator.V4L2M2M);
        try (Hardware hardware = new Hardware("test", kinds, List.of(), this::unusable)) {
            assertThat(pictures(film, hardware)).isEqualTo(30);
            assertThat(hardware.note())
                    .isEqualTo(", software decoder: vaapi cannot decode ffv1 in this FFmpeg;"
                            + " cuda cannot decode ffv1 in this FFmpeg; v4l2m2m cannot decode ffv1 in this FFmpeg");
        }
        assertThat(created).hasValue(0);
    }

    @Test
    void bearsDamagedPackets_butNotThreeTimesInARow_onceItWorked() {
        Hardware hardware = new Hardware("test", Source.Decoder.CUDA);
        hardware.works(Accelerator.CUDA);
        assertThat(hardware.note()).isEqualTo(", cuda decoder");
        hardware.failed(Accelerator.CUDA);
        hardware.failed(Accelerator.CUDA);
        hardware.works(Accelerator.CUDA);
        hardware.failed(Accelerator.CUDA);
        hardware.failed(Accelerator.CUDA);
        assertThat(hardware.kind()).contains(Accelerator.CUDA);
        hardware.failed(Accelerator.CUDA);
        assertThat(hardware.kind()).isEmpty();
        assertThat(hardware.note()).isEqualTo(", software decoder: cuda gives no picture");

        hardware.works(Accelerator.CUDA);
        hardware.failed(Accelerator.CUDA);
        hardware.enter();
        assertThat(hardware.afterHang().note())
                .as("what was given up stays so")
                .isEqualTo(", software decoder: cuda gives no picture");
    }

    @Test
    void isNotUsedAgain_afterACallIntoItHung() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        Hardware hanging = new Hardware("test", List.of(Accelerator.CUDA), List.of(), _ -> {
            inside.countDown();
            awaitQuietly(released);
            throw CaptureException.passing("cannot be opened: it hung");
        });
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                pictures(hanging);
            } catch (CaptureException e) {
                throw new IllegalStateException(e);
            }
        });
        inside.await();
        Hardware next = hanging.afterHang();
        assertThat(next.kind()).isEmpty();
        assertThat(next.note()).isEqualTo(", software decoder: cuda did not come back from a call");

        released.countDown();
        thread.join();
        assertThat(hanging.afterHang().note()).startsWith(", software decoder: cuda cannot be opened: ");
    }

    @Test
    void namesTheFile_whenTheGraphicsDeviceMayNotBeUsed() throws Exception {
        assertThat(RenderNodes.complaint(folder)).contains("has no device: there is no " + folder + "/renderD*");
        Path node = Files.createFile(folder.resolve("renderD128"));
        assertThat(RenderNodes.complaint(folder)).isEmpty();
        assumeThat(System.getProperty("user.name")).as("root may do everything").isNotEqualTo("root");
        node.toFile().setReadable(false);
        assertThat(RenderNodes.complaint(folder).orElseThrow()).contains("may not use " + node, "group");
    }

    private static Stream stream(HttpFeed feed, Source.Decoder decoder) {
        Stream plain = feed.stream();
        return new Stream(plain.url(), plain.transport(), plain.login(), plain.fingerprint(), plain.still(), decoder);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private AVBufferRef none(Accelerator kind) throws CaptureException {
        created.incrementAndGet();
        throw CaptureException.passing("cannot be opened: there is no " + kind);
    }

    /** A device that was never initialised: decoders can be opened with it, but FFmpeg finds that it decodes nothing. */
    private AVBufferRef unusable(Accelerator kind) {
        created.incrementAndGet();
        return avutil.av_hwdevice_ctx_alloc(kind.deviceType);
    }

    private static int pictures(Hardware hardware) throws CaptureException {
        return pictures(Captures.sample(1), hardware);
    }

    /** How many come out of a film, with the decoder closed and opened at each key packet, as behind the closed gate. */
    private static int pictures(Path film, Hardware hardware) throws CaptureException {
        int[] count = {0};
        try (Interrupt interrupt = new Interrupt();
                VideoInput input = VideoInput.open(new LocalFile(film, false), interrupt, LEISURE)) {
            input.decodeBy(hardware);
            VideoInput.Packet packet = VideoInput.Packet.OTHER;
            while (packet != VideoInput.Packet.END) {
                packet = input.next();
                if (packet == VideoInput.Packet.END || (input.packet().flags() & avcodec.AV_PKT_FLAG_KEY) != 0) {
                    input.rest((_, _) -> count[0]++);
                }
                if (packet == VideoInput.Packet.VIDEO) {
                    input.decode(input.packet(), (_, _) -> count[0]++);
                }
            }
            assertThat(input.decodeErrors()).isZero();
        }
        return count[0];
    }
}
