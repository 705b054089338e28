package dev.affray.agent.capture.sample;

/** Deterministic irregularity: the same seed gives the same film on every machine. */
final class Noise {
    private Noise() {}

    /** A strip of sensor noise, about normal, with the given deviation in grey levels. */
    static byte[] strip(int length, double deviation, long seed) {
        byte[] strip = new byte[length];
        for (int i = 0; i < length; i++) {
            double sum = 0;
            for (int k = 0; k < 3; k++) {
                sum += unit(seed, i * 3L + k) * 2 - 1;
            }
            strip[i] = (byte) Math.round(sum * deviation);
        }
        return strip;
    }

    /** A smooth wandering value from -1 to 1 that takes a new direction {@code rate} times a second. */
    static double wander(long channel, double seconds, double rate) {
        double at = seconds * rate;
        long cell = (long) Math.floor(at);
        double part = at - cell;
        double ease = part * part * (3 - 2 * part);
        double from = unit(channel, cell) * 2 - 1;
        double to = unit(channel, cell + 1) * 2 - 1;
        return from + (to - from) * ease;
    }

    /** A fixed random number from 0 to 1. */
    static double unit(long channel, long index) {
        long z = channel * 0x9E3779B97F4A7C15L + index * 0xBF58476D1CE4E5B9L + 0x94D049BB133111EBL;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
    }
}
