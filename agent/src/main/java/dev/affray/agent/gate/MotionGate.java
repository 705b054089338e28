package dev.affray.agent.gate;

import dev.affray.camera.Polygon;
import java.util.List;

/**
 * The second stage: tells whether something moved in a small grey picture, in the zones that count. Cells are compared with the picture before, which shows
 * what is quick, and with a slow background, which shows what is new. A change of brightness common to the whole picture is taken out; one that changes most
 * cells at once is taken for light, but only for a moment: when the next picture differs as much again, it is motion.
 *
 * <p>Not thread-safe.
 */
public final class MotionGate {
    /** Grey levels by which a cell must differ at least, beside noise. */
    private static final double LEAST_CHANGE = 3;

    /** How many times the noise a cell must differ by. */
    private static final double NOISES = 2.5;

    /** More noise than this is not taken for noise, in grey levels. */
    private static final double MOST_NOISE = 6;

    /** Cells of 576 that must have changed: a person far off, but not the seconds of a burnt-in clock. */
    private static final int FEW = 3;

    /** The share of cells that light changes at once. */
    private static final double MOST = 0.5;

    /** Grey levels of common brightening that are light by themselves. */
    private static final int BRIGHTENING = 12;

    /** How long after a change of light another one is motion, in seconds. */
    private static final double LIGHT_SECONDS = 1;

    /** How slowly the background follows, in seconds. */
    private static final double BACKGROUND_SECONDS = 20;

    /** How slowly the noise is followed while something moves, in seconds. */
    private static final double NOISE_SECONDS = 40;

    private static final double LEARNING_SECONDS = 1.5;
    private static final int LEARNING_PICTURES = 4;

    private final Zones zones;
    private final float[] before = new float[Luma.WIDTH * Luma.HEIGHT];
    private final float[] background = new float[Luma.WIDTH * Luma.HEIGHT];
    private double beganSeconds = Double.NaN;
    private double seconds;
    private double lightSeconds = Double.NEGATIVE_INFINITY;
    private double noise;
    private int pictures;

    /** @param zones the parts of the picture that count; none means all of it */
    public MotionGate(List<Polygon> zones) {
        this.zones = new Zones(zones);
    }

    /**
     * Takes the next picture.
     *
     * @param at when, in seconds on any steady line; a picture older than the one before counts as at the same time
     */
    public Motion add(Luma picture, double at) {
        if (Double.isNaN(beganSeconds)) {
            beganSeconds = at;
            seconds = at;
            reset(picture);
            return Motion.LEARNING;
        }
        double step = Math.max(0, at - seconds);
        seconds = Math.max(at, seconds);
        Cells quick = new Cells(picture, before);
        Cells slow = new Cells(picture, background);
        pictures++;
        boolean learning = seconds - beganSeconds < LEARNING_SECONDS || pictures < LEARNING_PICTURES;
        Motion motion = judge(quick, slow);
        if (learning) {
            reset(picture);
        }
        follow(picture, step, quick, learning ? 0.5 : motion == Motion.STILL ? 0.05 : step / NOISE_SECONDS);
        if (motion == Motion.LIGHT) {
            lightSeconds = seconds;
            reset(picture);
        }
        return learning ? Motion.LEARNING : motion;
    }

    private Motion judge(Cells quick, Cells slow) {
        double threshold = LEAST_CHANGE + NOISES * noise;
        int changed = 0;
        int all = 0;
        for (int cell = 0; cell < Cells.COUNT; cell++) {
            boolean quickly = quick.change[cell] > threshold;
            all += quickly ? 1 : 0;
            changed += zones.contains(cell) && (quickly || slow.change[cell] > threshold) ? 1 : 0;
        }
        boolean light = all > MOST * Cells.COUNT || Math.abs(quick.brightening) > BRIGHTENING;
        if (light && seconds - lightSeconds > LIGHT_SECONDS) {
            return Motion.LIGHT;
        }
        return changed >= FEW ? Motion.MOVED : Motion.STILL;
    }

    private void follow(Luma picture, double step, Cells quick, double pace) {
        noise += Math.min(1, pace) * (Math.min(MOST_NOISE, quick.upperQuartile()) - noise);
        float part = (float) (1 - Math.exp(-step / BACKGROUND_SECONDS));
        for (int i = 0; i < before.length; i++) {
            float now = picture.at(i % Luma.WIDTH, i / Luma.WIDTH);
            before[i] = now;
            background[i] += part * (now - background[i]);
        }
    }

    private void reset(Luma picture) {
        for (int i = 0; i < before.length; i++) {
            float now = picture.at(i % Luma.WIDTH, i / Luma.WIDTH);
            before[i] = now;
            background[i] = now;
        }
    }
}
