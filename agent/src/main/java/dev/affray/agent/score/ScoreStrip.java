package dev.affray.agent.score;

import dev.affray.agent.capture.FilmPictures;
import dev.affray.agent.gate.GreyPicture;
import dev.affray.agent.score.FilmScore.Moment;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** A few frames of a film side by side, evenly spread over it, and its score over time above them. Takes the pictures while the film is played. For one thread. */
public final class ScoreStrip implements FilmPictures.Taker {
    private static final int CURVE_HEIGHT = 90;
    private static final int GAP = 4;
    private static final Color EVEN_ODDS = new Color(200, 200, 200);
    private static final Color CURVE = new Color(192, 32, 32);

    /** So many pictures are kept at most while it is not known how many there will be. */
    private final int kept;

    private final int frames;
    private final List<Frame> taken = new ArrayList<>();
    private int every = 1;
    private int count;

    private record Frame(double seconds, GreyPicture picture) {}

    /** @param frames how many are shown at most */
    public ScoreStrip(int frames) {
        this.frames = frames;
        kept = 8 * frames;
    }

    @Override
    public void accept(GreyPicture picture, double seconds) {
        if (count++ % every == 0) {
            taken.add(new Frame(seconds, picture));
        }
        if (taken.size() > kept) {
            for (int i = taken.size() - 1 - (taken.size() - 1) % 2 - 1; i > 0; i -= 2) {
                taken.remove(i);
            }
            every *= 2;
        }
    }

    /** Draws what was taken, and the score over it where there is any. */
    public BufferedImage draw(List<Moment> moments, double seconds) {
        int shown = Math.clamp(taken.size(), 1, frames);
        GreyPicture.Size size = taken.isEmpty()
                ? GreyPicture.Size.of(1, 1)
                : taken.getFirst().picture().size();
        int width = shown * (size.width() + GAP) - GAP;
        int top = moments.isEmpty() ? 0 : CURVE_HEIGHT + GAP;
        BufferedImage strip = new BufferedImage(width, top + size.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = strip.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, width, strip.getHeight());
        for (int i = 0; i < shown && !taken.isEmpty(); i++) {
            Frame frame = nearest((i + 0.5) / shown * seconds);
            pen.drawImage(GreyImages.of(frame.picture()), i * (size.width() + GAP), top, null);
        }
        if (!moments.isEmpty()) {
            drawCurve(pen, moments, seconds, width);
        }
        pen.dispose();
        return strip;
    }

    private static void drawCurve(Graphics2D pen, List<Moment> moments, double seconds, int width) {
        pen.setColor(EVEN_ODDS);
        pen.drawLine(0, CURVE_HEIGHT / 2, width, CURVE_HEIGHT / 2);
        pen.drawLine(0, CURVE_HEIGHT, width, CURVE_HEIGHT);
        pen.setColor(CURVE);
        pen.setStroke(new BasicStroke(2));
        pen.draw(curve(moments, seconds, width));
    }

    private Frame nearest(double seconds) {
        Frame best = taken.getFirst();
        for (Frame frame : taken) {
            best = Math.abs(frame.seconds() - seconds) < Math.abs(best.seconds() - seconds) ? frame : best;
        }
        return best;
    }

    private static Path2D curve(List<Moment> moments, double seconds, int width) {
        Path2D curve = new Path2D.Double();
        for (Moment moment : moments) {
            double x = moment.seconds() / seconds * width;
            double y = 1 + (CURVE_HEIGHT - 2) * (1 - moment.score() / 100);
            if (curve.getCurrentPoint() == null) {
                curve.moveTo(x, y);
            } else {
                curve.lineTo(x, y);
            }
        }
        return curve;
    }
}
