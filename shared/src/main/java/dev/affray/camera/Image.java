package dev.affray.camera;

import java.util.List;

/**
 * How a frame is stored.
 *
 * @param maxWidth wider pictures are scaled down to it, in pixels
 * @param jpegQuality the MJPEG quantiser, 2 (best) to 31 (smallest), as FFmpeg's {@code -q:v}
 * @param masks the parts that are painted over before anything is judged or stored; {@code masks} in the document
 */
public record Image(int maxWidth, int jpegQuality, List<Polygon> masks) {
    public static final Image DEFAULT = new Image(1280, 4);

    public Image {
        masks = List.copyOf(masks);
    }

    /** One without masks. */
    public Image(int maxWidth, int jpegQuality) {
        this(maxWidth, jpegQuality, List.of());
    }
}
