package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.ffmpeg.global.avutil.*;

import dev.affray.camera.Image;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.List;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JpegEncoderTest {
    /** One plane's samples, of one colour. */
    private record Fill(int pixelFormat, int range, int colourSpace, int y, int u, int v) {}

    private static final Fill LIMITED_RED =
            new Fill(AV_PIX_FMT_YUV420P, AVCOL_RANGE_MPEG, AVCOL_SPC_SMPTE170M, 81, 90, 240);
    private static final Fill HD_RED = new Fill(AV_PIX_FMT_YUV420P, AVCOL_RANGE_MPEG, AVCOL_SPC_BT709, 63, 102, 240);
    private static final Fill FULL_RED =
            new Fill(AV_PIX_FMT_YUVJ420P, AVCOL_RANGE_JPEG, AVCOL_SPC_SMPTE170M, 76, 85, 255);
    private static final Fill WIDE_RED =
            new Fill(AV_PIX_FMT_YUV422P, AVCOL_RANGE_MPEG, AVCOL_SPC_SMPTE170M, 81, 90, 240);
    private static final Fill DEEP_RED =
            new Fill(AV_PIX_FMT_YUV420P10LE, AVCOL_RANGE_MPEG, AVCOL_SPC_SMPTE170M, 81 * 4, 90 * 4, 240 * 4);

    @BeforeAll
    static void load() {
        Ffmpeg.load();
    }

    @Test
    void keepsColours_whateverPixelFormatAndSizeComesNext() throws Exception {
        try (JpegEncoder encoder = new JpegEncoder(new Image(640, 3))) {
            for (Fill fill : List.of(LIMITED_RED, HD_RED, FULL_RED, WIDE_RED, DEEP_RED)) {
                for (int[] size : new int[][] {{640, 360}, {641, 361}, {1280, 960}, {17, 9}}) {
                    BufferedImage image = encode(encoder, fill, size[0], size[1]);
                    assertThat(image.getWidth()).isEven().isLessThanOrEqualTo(640);
                    assertThat(image.getHeight()).isEven();
                    Color colour = new Color(image.getRGB(image.getWidth() / 2, image.getHeight() / 2));
                    assertThat(colour.getRed()).as("%s", fill).isCloseTo(254, within(6));
                    assertThat(colour.getGreen()).as("%s", fill).isCloseTo(0, within(8));
                    assertThat(colour.getBlue()).as("%s", fill).isCloseTo(0, within(8));
                }
            }
        }
    }

    @Test
    void scalesDownToTheMaximumWidth_keepingTheShape() throws Exception {
        try (JpegEncoder encoder = new JpegEncoder(new Image(640, 3))) {
            BufferedImage image = encode(encoder, LIMITED_RED, 1920, 1080);
            assertThat(image.getWidth()).isEqualTo(640);
            assertThat(image.getHeight()).isEqualTo(360);
        }
    }

    private static BufferedImage encode(JpegEncoder encoder, Fill fill, int width, int height) throws Exception {
        AVFrame frame = av_frame_alloc();
        try {
            frame.width(width).height(height).format(fill.pixelFormat());
            frame.color_range(fill.range());
            frame.colorspace(fill.colourSpace());
            assertThat(av_frame_get_buffer(frame, 0)).isZero();
            int[] values = {fill.y(), fill.u(), fill.v()};
            for (int plane = 0; plane < 3; plane++) {
                int rows = plane == 0 || fill.pixelFormat() == AV_PIX_FMT_YUV422P ? height : (height + 1) / 2;
                fill(frame, plane, rows, values[plane], fill.pixelFormat() == AV_PIX_FMT_YUV420P10LE);
            }
            byte[] jpeg = encoder.encode(frame);
            return ImageIO.read(new ByteArrayInputStream(jpeg));
        } finally {
            av_frame_free(frame);
        }
    }

    private static void fill(AVFrame frame, int plane, int rows, int value, boolean deep) {
        byte[] row = new byte[frame.linesize(plane)];
        for (int i = 0; i < row.length; i++) {
            row[i] = (byte) (!deep ? value : i % 2 == 0 ? value : value >> 8);
        }
        for (int i = 0; i < rows; i++) {
            frame.data(plane).position((long) i * row.length).put(row);
        }
    }
}
