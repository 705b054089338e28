package dev.affray.agent.score;

import dev.affray.agent.gate.GreyPicture;
import java.awt.image.BufferedImage;

/** Small grey pictures as images to draw. */
final class GreyImages {
    private GreyImages() {}

    static BufferedImage of(GreyPicture picture) {
        BufferedImage image = new BufferedImage(GreyPicture.WIDTH, GreyPicture.HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
        for (int row = 0; row < GreyPicture.HEIGHT; row++) {
            for (int column = 0; column < GreyPicture.WIDTH; column++) {
                image.getRaster().setSample(column, row, 0, picture.at(column, row));
            }
        }
        return image;
    }
}
