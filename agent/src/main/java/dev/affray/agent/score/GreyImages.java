package dev.affray.agent.score;

import dev.affray.agent.gate.GreyPicture;
import java.awt.image.BufferedImage;

/** Small grey pictures as images to draw. */
final class GreyImages {
    private GreyImages() {}

    static BufferedImage of(GreyPicture picture) {
        int width = picture.size().width();
        int height = picture.size().height();
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                image.getRaster().setSample(column, row, 0, picture.at(column, row));
            }
        }
        return image;
    }
}
