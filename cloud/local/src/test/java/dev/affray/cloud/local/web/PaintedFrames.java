package dev.affray.cloud.local.web;

import dev.affray.frame.FrameKey;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Pictures for frames that were never taken: a corridor and two figures, the closer the higher the score. */
final class PaintedFrames {
    private PaintedFrames() {}

    static Optional<byte[]> read(String key) {
        int score = FrameKey.parse(key).frame().edgeScore().orElse(0);
        return Optional.of(paint(score, 640, 360));
    }

    static byte[] paint(int score, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setPaint(new GradientPaint(0, 0, new Color(0x5d6a70), 0, height, new Color(0x9aa39f)));
        g.fillRect(0, 0, width, height);
        g.setColor(new Color(0x7d8885));
        g.fillPolygon(
                new int[] {0, width / 3, width * 2 / 3, width}, new int[] {height, height / 2, height / 2, height}, 4);
        int apart = width / 16 + (100 - score) * width / 400;
        figure(g, width / 2 - apart, height / 2, height, new Color(0x2b4a63));
        figure(g, width / 2 + apart, height / 2, height, new Color(0x7a3b32));
        g.dispose();
        try {
            ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
            ImageIO.write(image, "jpg", jpeg);
            return jpeg.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void figure(Graphics2D g, int x, int y, int height, Color colour) {
        g.setColor(colour);
        g.fillRoundRect(x - height / 16, y - height / 12, height / 8, height / 3, height / 16, height / 16);
        g.setColor(new Color(0xc9a78b));
        g.fillOval(x - height / 28, y - height / 6, height / 14, height / 13);
    }
}
