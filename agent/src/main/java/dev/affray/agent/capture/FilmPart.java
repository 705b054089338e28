package dev.affray.agent.capture;

import dev.affray.agent.gate.GreyPicture;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * A part of a film.
 *
 * @param side of what is seen of each picture, as a share of the picture's own
 * @param x where its left edge is, as a share of the width
 * @param y where its upper edge is, as a share of the height
 * @param later so many pictures later those begin that are picked, at most as many as lie between two
 * @param thinned every second picture alone, as of a camera at half the rate; all where that would be too few for a score
 */
public record FilmPart(double side, double x, double y, int later, boolean thinned) {
    /** Everything. */
    public static final FilmPart ALL = new FilmPart(1, 0, 0, 0, false);

    public FilmPart {
        if (!(side > 0 && x >= 0 && y >= 0 && x + side <= 1 && y + side <= 1 && later >= 0)) {
            throw new IllegalArgumentException("no part of a film: " + side + " at " + x + ", " + y + ", " + later);
        }
    }

    /** What is seen of a picture, made small. */
    GreyPicture read(AVFrame picture, SmallPictures greys) throws CaptureException {
        if (side == 1) {
            return greys.read(picture);
        }
        AVFrame cut = avutil.av_frame_clone(picture);
        try {
            long left = (long) (x * picture.width());
            long top = (long) (y * picture.height());
            cut.crop_left(left).crop_right(picture.width() - left - (long) (side * picture.width()));
            cut.crop_top(top).crop_bottom(picture.height() - top - (long) (side * picture.height()));
            int result = avutil.av_frame_apply_cropping(cut, avutil.AV_FRAME_CROP_UNALIGNED);
            if (result < 0) {
                throw CaptureException.passing("a picture cannot be cut: " + Ffmpeg.errorText(result));
            }
            return greys.read(cut);
        } finally {
            avutil.av_frame_free(cut);
        }
    }
}
