package dev.affray.agent.capture;

import java.util.Optional;

/**
 * What the frame header of a JPEG says.
 *
 * @param width in pixels
 * @param height likewise
 * @param process how it is coded: 0 for baseline, 1 extended, 2 progressive
 */
record JpegFrame(int width, int height, int process) {
    private static final int MARKER = 0xff;
    private static final int SCAN = 0xda;

    /** That of a JPEG; empty where there is none before the first scan. */
    static Optional<JpegFrame> of(byte[] jpeg) {
        int at = 2;
        while (at + 9 < jpeg.length && at(jpeg, at) == MARKER && at(jpeg, at + 1) != SCAN) {
            int kind = at(jpeg, at + 1);
            if (kind == MARKER) {
                at++;
            } else if (kind >= 0xc0 && kind <= 0xc3) {
                return Optional.of(new JpegFrame(two(jpeg, at + 7), two(jpeg, at + 5), kind - 0xc0));
            } else {
                at += 2 + two(jpeg, at + 2);
            }
        }
        return Optional.empty();
    }

    private static int two(byte[] bytes, int at) {
        return at(bytes, at) << 8 | at(bytes, at + 1);
    }

    private static int at(byte[] bytes, int at) {
        return Byte.toUnsignedInt(bytes[at]);
    }
}
