package dev.affray.agent.gate;

/**
 * The first stage: tells from the sizes of compressed packets whether the scene changed, at no more cost than reading them. An encoder spends few bits on
 * what stands still; how few depends on its settings, on noise and on its rate control, so the sizes are compared with the camera's own while the scene was
 * known to be quiet. Key packets and others are compared apart; the others twice: over a moment, in which much that moves shows at once, and over the
 * seconds from one key packet to the next, which even out how an encoder recovers from a key packet, so that little shows, too.
 *
 * <p>What is quiet it is told from outside, by those who saw pictures: a camera that is never quiet is never learned. A level that changed for good, as from
 * day to night, is unusual until enough of it was confirmed as quiet. Where a person would drown in the bits that a quiet scene takes, as at night, or where
 * the encoder lets the sizes follow its rate rather than the scene, it says that it cannot tell.
 *
 * <p>Not thread-safe.
 */
public final class PacketGate {
    /** Moments of quiet, a fifth of a second apart, that must be known. */
    private static final int LEARNED = 75;

    /** Key packets of a quiet scene that must be known before one of them is judged. */
    private static final int KEYS_LEARNED = 4;

    /** Quiet sizes that exceed their usual by more than this factor, over a moment or over seconds, drown what matters. */
    private static final double DROWNING = 2.2;

    private static final double DROWNING_SLOWLY = 1.3;

    /** What somebody who moves adds to each packet, in parts of a key packet: so much must be unusual at once. */
    private static final double SOMEBODY = 0.04;

    /** The same over seconds, in which there may be less of it. */
    private static final double SOMEBODY_SLOWLY = 0.006;

    /** Sizes that fall below their usual by more than this factor are those of an encoder that makes up for its key packets. */
    private static final double MAKING_UP = 2.5;

    /** Sizes within this factor of each other do not depend on the picture, unless they are tiny beside the key packets. */
    private static final double CONSTANT = 1.01;

    /** The part of a key packet's size below which differences between the others mean nothing. */
    private static final double GRAIN = 0.002;

    private static final double LEAST_GRAIN = 64;

    /** Long enough for patterns such as every third packet being larger. */
    private static final double MOMENT = 0.4;

    private static final double SECONDS = 2.4;

    private final KeyDistances distances = new KeyDistances();
    private final SizeTrack keys = new SizeTrack(MOMENT, 1.1);
    private final SizeTrack asTheyCome = new SizeTrack(MOMENT, 1.1);
    private final SizeTrack others = new SizeTrack(MOMENT, 1.1);
    private final SizeTrack slowly = new SizeTrack(SECONDS, 1.06);
    private double usualKey;
    private boolean intraOnly = true;

    /** Judges by the packets so far and this one, at a time in seconds on any steady line. */
    public PacketVerdict judge(boolean key, int bytes, double seconds) {
        double grain = Math.max(LEAST_GRAIN, GRAIN * usualKey);
        if (key) {
            usualKey = usualKey == 0 ? bytes : usualKey + 0.1 * (bytes - usualKey);
            keys.add(bytes, seconds, LEAST_GRAIN);
            distances.key();
        } else {
            intraOnly = false;
            double flat = distances.flatten(bytes);
            asTheyCome.add(bytes, seconds, grain);
            others.add(flat, seconds, grain);
            slowly.add(flat, seconds, grain);
        }
        if (!hasLearned()) {
            return PacketVerdict.UNSURE;
        }
        SizeTrack main = intraOnly ? keys : others;
        boolean keyUnusual = key && !intraOnly && keys.known() >= KEYS_LEARNED && keys.unusual();
        if (keyUnusual || main.unusual() || (!intraOnly && slowly.unusual())) {
            return PacketVerdict.UNUSUAL;
        }
        return readable(main, grain) ? PacketVerdict.QUIET : PacketVerdict.UNSURE;
    }

    /** Whether there is something to judge by. */
    public boolean hasLearned() {
        return (intraOnly ? keys : others).known() >= LEARNED;
    }

    /** Pictures have shown that nothing happened since this or {@link #discard} was called last. */
    public void confirmQuiet() {
        boolean flattened = distances.confirm();
        keys.confirm();
        asTheyCome.confirm();
        others.confirm();
        slowly.confirm();
        if (flattened) {
            others.forget();
            slowly.forget();
        }
    }

    /** What came since then is not to be learned. */
    public void discard() {
        distances.discard();
        keys.discard();
        asTheyCome.discard();
        others.discard();
        slowly.discard();
    }

    private boolean readable(SizeTrack sizes, double grain) {
        boolean tiny = sizes.usual() < 4 * grain;
        double visible = SOMEBODY * usualKey;
        double visibleSlowly = (tiny ? SOMEBODY : SOMEBODY_SLOWLY) * usualKey;
        boolean atOnce = sizes.spread() < DROWNING && (intraOnly || tiny || sizes.least() < visible);
        boolean overSeconds =
                !intraOnly && (tiny || slowly.spread() < DROWNING_SLOWLY) && slowly.least() < visibleSlowly;
        SizeTrack raw = intraOnly ? keys : asTheyCome;
        boolean free = raw.range() > CONSTANT && raw.range() / raw.spread() < MAKING_UP;
        return (tiny || free) && (atOnce || overSeconds);
    }
}
