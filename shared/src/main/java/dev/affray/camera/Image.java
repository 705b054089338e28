package dev.affray.camera;

/**
 * How a frame is stored.
 *
 * @param maxWidth wider pictures are scaled down to it, in pixels
 * @param jpegQuality the MJPEG quantiser, 2 (best) to 31 (smallest), as FFmpeg's {@code -q:v}
 */
public record Image(int maxWidth, int jpegQuality) {
    public static final Image DEFAULT = new Image(1280, 4);
}
