package dev.affray.agent.capture;

import org.jspecify.annotations.Nullable;

/**
 * A stream as it was seen for a while.
 *
 * @param codec as FFmpeg calls it, such as {@code h264}
 * @param profile such as {@code High}; null where there is none
 * @param width in pixels
 * @param height in pixels
 * @param decodes whether a picture could be decoded
 * @param declaredRate pictures a second as the source has it; null where it does not tell
 * @param pace what was measured
 */
public record StreamFacts(
        String codec,
        @Nullable String profile,
        int width,
        int height,
        boolean decodes,
        @Nullable Double declaredRate,
        Pace pace) {
    /**
     * What the packets of a stream were like. Times are those of their time stamps, in seconds.
     *
     * @param seconds from the first packet to the last
     * @param packets how many
     * @param rate packets a second; null where there were too few
     * @param variable whether they come at changing distances
     * @param reordered whether pictures are shown in another order than they are sent in, as with B-frames
     * @param keys how many of them were key packets
     * @param keySeconds the longest time from one key packet to the next; null where there were no two
     * @param kilobitsPerSecond their size; null where there were too few
     * @param keyBytes the usual size of a key packet
     * @param otherBytes the usual size of another one; 0 where there was none
     * @param keepable whether all from one key packet to the next can be kept undecoded
     */
    public record Pace(
            double seconds,
            long packets,
            @Nullable Double rate,
            boolean variable,
            boolean reordered,
            long keys,
            @Nullable Double keySeconds,
            @Nullable Double kilobitsPerSecond,
            long keyBytes,
            long otherBytes,
            boolean keepable) {
        /** Whether every picture stands by itself. */
        public boolean intraOnly() {
            return keys == packets;
        }
    }
}
