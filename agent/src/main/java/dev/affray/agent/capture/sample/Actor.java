package dev.affray.agent.capture.sample;

/**
 * One person's part in the sample: when and where it walks in, fights and walks off. Times are in seconds from the beginning, places in pixels.
 *
 * @param figure what it looks like
 * @param seed tells its irregular motion from that of others
 * @param ground the row its feet stand on
 * @param from the column it comes from
 * @param enters when it sets out
 * @param place the column it goes to
 * @param arrives when it gets there
 * @param fights when it begins to fight; equal to {@code calms} when it never does
 * @param calms when it stops
 * @param leaves when it walks off again
 * @param to the column it leaves by
 * @param gone when it is there
 */
record Actor(
        Figure figure,
        long seed,
        double ground,
        double from,
        double enters,
        double place,
        double arrives,
        double fights,
        double calms,
        double leaves,
        double to,
        double gone) {
    private static final double EASE = 0.4;

    /** Someone who only passes by. */
    static Actor passerBy(Figure figure, double ground, double from, double enters, double to, double gone) {
        return new Actor(figure, 0, ground, from, enters, to, gone, gone, gone, gone, to, gone);
    }

    void draw(Picture picture, double seconds) {
        if (seconds < enters || seconds >= gone) {
            return;
        }
        double x = column(seconds);
        double fight = fightShare(seconds);
        Pose calm = walks(seconds) ? Pose.walking(x / (figure.height() * 0.125)) : Pose.standing(seconds, seed);
        Pose pose = fight == 0 ? calm : Pose.between(calm, Pose.fighting(seconds, seed), fight);
        double shove = figure.height() * fight;
        double dx = shove * (0.2 * Noise.wander(seed + 50, seconds, 4.5) + 0.1 * Noise.wander(50, seconds, 2.5));
        double dy = shove * 0.07 * Noise.wander(seed + 51, seconds, 4);
        figure.draw(picture, x + dx, ground + dy, facing(seconds), pose);
    }

    private double column(double seconds) {
        if (seconds < arrives) {
            return from + (place - from) * (seconds - enters) / (arrives - enters);
        }
        if (seconds < leaves) {
            return place;
        }
        return place + (to - place) * (seconds - leaves) / (gone - leaves);
    }

    private boolean walks(double seconds) {
        return seconds < arrives || seconds >= leaves;
    }

    private int facing(double seconds) {
        double ahead = seconds < leaves ? place - from : to - place;
        return ahead >= 0 ? 1 : -1;
    }

    private double fightShare(double seconds) {
        if (seconds < fights || seconds >= calms) {
            return 0;
        }
        return Math.clamp(Math.min(seconds - fights, calms - seconds) / EASE, 0, 1);
    }
}
