package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NV12;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P10LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;

import dev.affray.agent.capture.CaptureSource.LocalFile;
import dev.affray.agent.gate.Luma;
import dev.affray.camera.Image;
import dev.affray.camera.Polygon;
import dev.affray.camera.Polygon.Corner;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasksTest {
    private static final Polygon KITE = polygon(0.1, 0.5, 0.5, 0.2, 0.9, 0.5, 0.5, 0.95);
    private static final Polygon CORNER = polygon(0, 0, 0.3, 0, 0, 0.3);
    private static final Polygon ALL = polygon(0, 0, 1, 0, 1, 1, 0, 1);

    @BeforeAll
    static void load() {
        Ffmpeg.load();
    }

    private static Polygon polygon(double... xy) {
        return new Polygon(IntStream.range(0, xy.length / 2)
                .mapToObj(i -> new Corner(xy[2 * i], xy[2 * i + 1]))
                .toList());
    }

    /** The wildest picture there is, so that anything that shines through shows. */
    private static AVFrame noise(int width, int height, int format) {
        AVFrame frame = avutil.av_frame_alloc();
        frame.width(width).height(height).format(format);
        assertThat(avutil.av_frame_get_buffer(frame, 0)).isZero();
        Random random = new Random(7);
        for (int plane = 0; plane < 3 && frame.linesize(plane) > 0; plane++) {
            boolean half = plane > 0 && format != AV_PIX_FMT_YUV422P && format != AV_PIX_FMT_YUV444P;
            byte[] row = new byte[frame.linesize(plane)];
            for (int y = 0; y < (half ? (height + 1) / 2 : height); y++) {
                random.nextBytes(row);
                for (int i = 1; format == AV_PIX_FMT_YUV420P10LE && i < row.length; i += 2) {
                    row[i] &= 3;
                }
                frame.data(plane).position((long) y * row.length).put(row);
            }
        }
        return frame;
    }

    private static boolean isInside(List<Polygon> masks, double x, double y) {
        return masks.stream().anyMatch(mask -> mask.contains(x, y));
    }

    @ParameterizedTest
    @CsvSource({
        "640, 360, " + AV_PIX_FMT_YUV420P,
        "641, 361, " + AV_PIX_FMT_YUV420P,
        "1920, 1080, " + AV_PIX_FMT_YUV420P,
        "640, 480, " + AV_PIX_FMT_YUVJ420P,
        "800, 600, " + AV_PIX_FMT_YUV422P,
        "352, 288, " + AV_PIX_FMT_YUV444P,
        "720, 576, " + AV_PIX_FMT_NV12,
        "1280, 720, " + AV_PIX_FMT_YUV420P10LE,
        "322, 200, " + AV_PIX_FMT_RGB24,
        "320, 240, " + AV_PIX_FMT_GRAY8,
        "31, 17, " + AV_PIX_FMT_YUV420P
    })
    void nothingShowsThroughInTheJpeg_whateverSizeAndPixelFormat(int width, int height, int format) throws Exception {
        List<Polygon> masks = List.of(KITE, CORNER);
        AVFrame frame = noise(width, height, format);
        BufferedImage image;
        try (JpegEncoder encoder = new JpegEncoder(new Image(640, 2, masks))) {
            image = ImageIO.read(new ByteArrayInputStream(encoder.encode(frame)));
        } finally {
            avutil.av_frame_free(frame);
        }
        int inside = 0;
        int wild = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                Color colour = new Color(image.getRGB(x, y));
                double grey = 0.299 * colour.getRed() + 0.587 * colour.getGreen() + 0.114 * colour.getBlue();
                // Blocks of 16 pixels that lie in a mask with all they hold are flat; others carry JPEG's ripples.
                if (isWholeBlockInside(masks, x / 16 * 16, y / 16 * 16, image)) {
                    inside++;
                    assertThat(grey).as("%d, %d", x, y).isCloseTo(128, within(2.0));
                } else if (Math.abs(grey - 128) > 16) {
                    wild++;
                }
            }
        }
        if (width > 100) {
            assertThat(inside).isGreaterThan(image.getWidth() * image.getHeight() / 10);
        }
        assertThat(wild).isGreaterThan(image.getWidth() * image.getHeight() / 10);
    }

    private static boolean isWholeBlockInside(List<Polygon> masks, int x, int y, BufferedImage image) {
        double width = image.getWidth();
        double height = image.getHeight();
        for (int dy = 0; dy <= 16; dy += 4) {
            for (int dx = 0; dx <= 16; dx += 4) {
                if (!isInside(masks, (x + dx) / width, (y + dy) / height)) {
                    return false;
                }
            }
        }
        return true;
    }

    @Test
    void everySampleThatAMaskTouchesIsPainted_inEveryPlane() throws Exception {
        Random random = new Random(11);
        for (int round = 0; round < 60; round++) {
            double[] xy = random.doubles(2 * (3 + random.nextInt(6))).toArray();
            Polygon mask = polygon(xy);
            int width = 2 + 2 * random.nextInt(40);
            int height = 2 + 2 * random.nextInt(40);
            AVFrame frame = noise(width, height, AV_PIX_FMT_YUV420P);
            new Masks(List.of(mask)).burn(frame);
            for (int plane = 0; plane < 3; plane++) {
                int shift = plane == 0 ? 0 : 1;
                for (int i = 0; i < 2000; i++) {
                    double x = random.nextDouble();
                    double y = random.nextDouble();
                    if (mask.contains(x, y)) {
                        long at =
                                (long) (y * (height >> shift)) * frame.linesize(plane) + (long) (x * (width >> shift));
                        assertThat(Byte.toUnsignedInt(
                                        frame.data(plane).position(at).get()))
                                .as("%s, plane %d of %dx%d at %s, %s", mask, plane, width, height, x, y)
                                .isEqualTo(128);
                    }
                }
            }
            avutil.av_frame_free(frame);
        }
    }

    @Test
    void whatAMaskGoesAroundTwiceIsInside() {
        Polygon star = polygon(0.5, 0.02, 0.8, 0.95, 0.02, 0.38, 0.98, 0.38, 0.2, 0.95);
        AVFrame frame = noise(100, 100, AV_PIX_FMT_GRAY8);
        new Masks(List.of(star)).burn(frame);
        assertThat(frame.data(0).position(50L * frame.linesize(0) + 50).get()).isEqualTo((byte) 128);
        avutil.av_frame_free(frame);
    }

    @Test
    void nothingBehindAMaskCountsAsMotion() throws Exception {
        try (LumaReader lumas = new LumaReader(new Masks(List.of(ALL)))) {
            AVFrame frame = noise(640, 360, AV_PIX_FMT_YUV420P);
            Luma luma = lumas.read(frame);
            avutil.av_frame_free(frame);
            for (int row = 0; row < Luma.HEIGHT; row++) {
                for (int column = 0; column < Luma.WIDTH; column++) {
                    assertThat(luma.at(column, row)).isEqualTo(128);
                }
            }
        }
    }

    @Test
    void aMaskedCameraSpoolsNoJpegAsItCame() throws Exception {
        Captures captures = new Captures();
        Image image = new Image(640, 4, List.of(KITE));
        try (PictureServer server = new PictureServer("MD5", 320);
                Camera camera = captures.camera(server.stream("/video", PictureServer.LOGIN), 20, image)) {
            camera.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> captures.frames.size() >= 3);
            assertThat(captures.frames)
                    .noneSatisfy(frame -> assertThat(server.sent).contains(PictureServer.key(frame.jpeg)));
        }
        assertFlat(captures);
    }

    @Test
    void aMaskedFilmIsSpooledMasked() throws Exception {
        Captures captures = new Captures();
        Image image = new Image(320, 4, List.of(KITE));
        try (Camera camera = captures.camera(new LocalFile(Captures.sample(5), true), 10, image)) {
            camera.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> captures.frames.size() >= 3);
        }
        assertFlat(captures);
    }

    private static void assertFlat(Captures captures) throws Exception {
        for (Captures.Taken frame : captures.frames) {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(frame.jpeg));
            for (double x = 0.4; x < 0.6; x += 0.01) {
                Color colour = new Color(image.getRGB((int) (x * image.getWidth()), image.getHeight() / 2));
                assertThat(colour.getGreen()).isCloseTo(128, within(2));
            }
        }
    }
}
