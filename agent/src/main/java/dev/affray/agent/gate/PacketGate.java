package dev.affray.agent.gate;

/**
 * The first stage: tells from the sizes of compressed packets whether the scene changed, at no more cost than reading them. An encoder spends few bits on
 * what stands still; how few depends on its settings, on noise and on its rate control, so the sizes are compared with the camera's own while the scene was
 * known to be quiet. Key packets and others are compared apart.
 *
 * <p>What is quiet it is told from outside, by those who saw pictures: a camera that is never quiet is never learned. A level that changed for good, as from
 * day to night, is unusual until enough of it was confirmed as quiet. Where the sizes of a quiet scene vary so much that a person would drown in them, or so
 * little that the encoder must be filling up to a constant rate, it says that it cannot tell.
 *
 * <p>Not thread-safe.
 */
public final class PacketGate {
    /** Moments of quiet, a fifth of a second apart, that must be known. */
    private static final int LEARNED = 75;

    /** Key packets of a quiet scene that must be known before one of them is judged. */
    private static final int KEYS_LEARNED = 4;

    /** Quiet sizes that exceed their usual by more than this factor drown what matters. */
    private static final double DROWNING = 1.5;

    /** Sizes within this factor of each other do not depend on the picture, unless they are tiny beside the key packets. */
    private static final double CONSTANT = 1.01;

    /** The part of a key packet's size below which differences between the others mean nothing. */
    private static final double GRAIN = 0.002;

    private static final double LEAST_GRAIN = 64;

    private final SizeTrack keys = new SizeTrack();
    private final SizeTrack others = new SizeTrack();
    private double usualKey;
    private boolean intraOnly = true;

    /** Judges by the packets so far and this one, at a time in seconds on any steady line. */
    public PacketVerdict judge(boolean key, int bytes, double seconds) {
        double grain = Math.max(LEAST_GRAIN, GRAIN * usualKey);
        if (key) {
            usualKey = usualKey == 0 ? bytes : usualKey + 0.1 * (bytes - usualKey);
            keys.add(bytes, seconds, LEAST_GRAIN);
        } else {
            intraOnly = false;
            others.add(bytes, seconds, grain);
        }
        SizeTrack main = intraOnly ? keys : others;
        if (main.known() < LEARNED) {
            return PacketVerdict.UNSURE;
        }
        boolean keyUnusual = key && !intraOnly && keys.known() >= KEYS_LEARNED && keys.unusual();
        if (keyUnusual || main.unusual()) {
            return PacketVerdict.UNUSUAL;
        }
        return readable(main, grain) ? PacketVerdict.QUIET : PacketVerdict.UNSURE;
    }

    /** Pictures have shown that nothing happened since this or {@link #discard} was called last. */
    public void confirmQuiet() {
        keys.confirm();
        others.confirm();
    }

    /** What came since then is not to be learned. */
    public void discard() {
        keys.discard();
        others.discard();
    }

    private static boolean readable(SizeTrack sizes, double grain) {
        boolean tiny = sizes.usual() < 4 * grain;
        return sizes.spread() < DROWNING && (tiny || sizes.range() > CONSTANT);
    }
}
