package dev.affray.agent.capture;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.bytedeco.ffmpeg.global.avcodec;

/** The parameter sets of H.264 and H.265, which tell a decoder how a stream is encoded, among the units of an Annex B byte stream. */
final class ParameterSets {
    private static final byte[] START = {0, 0, 0, 1};
    private static final byte[] NONE = {};

    /** What a unit holds. */
    private enum Unit {
        /** Begins a set of sets. */
        SEQUENCE,
        SET,
        PICTURE,
        OTHER
    }

    private ParameterSets() {}

    /**
     * Those before the first picture, as an Annex B stream of their own.
     *
     * @param cut whether the stream goes on after these bytes
     * @return empty when there are none, or not all of them
     */
    static byte[] in(byte[] stream, boolean cut, int codec) {
        ByteArrayOutputStream sets = new ByteArrayOutputStream();
        boolean sequence = false;
        int begin = nextStart(stream, 0) + 3;
        while (begin < stream.length) {
            Unit unit = unit(stream[begin], codec);
            if (unit == Unit.PICTURE) {
                break;
            }
            int end = nextStart(stream, begin);
            if (end == stream.length && cut) {
                return NONE;
            }
            if (unit != Unit.OTHER) {
                sets.writeBytes(START);
                sets.writeBytes(trimmed(stream, begin, end));
                sequence |= unit == Unit.SEQUENCE;
            }
            begin = end + 3;
        }
        return sequence ? sets.toByteArray() : NONE;
    }

    /** Where the next start code is; the end of the stream when there is none. */
    private static int nextStart(byte[] stream, int from) {
        for (int i = from; i + 2 < stream.length; i++) {
            if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) {
                return i;
            }
        }
        return stream.length;
    }

    /** Without the zeros after a unit, which belong to the next start code. */
    private static byte[] trimmed(byte[] stream, int begin, int end) {
        int last = end;
        while (last > begin && stream[last - 1] == 0) {
            last--;
        }
        return Arrays.copyOfRange(stream, begin, last);
    }

    private static Unit unit(byte header, int codec) {
        return switch (codec) {
            case avcodec.AV_CODEC_ID_H264 ->
                switch (header & 0x1f) {
                    case 7 -> Unit.SEQUENCE;
                    case 8, 13 -> Unit.SET;
                    case 1, 2, 3, 4, 5 -> Unit.PICTURE;
                    default -> Unit.OTHER;
                };
            case avcodec.AV_CODEC_ID_HEVC ->
                switch (header >> 1 & 0x3f) {
                    case 33 -> Unit.SEQUENCE;
                    case 32, 34 -> Unit.SET;
                    default -> (header >> 1 & 0x3f) < 32 ? Unit.PICTURE : Unit.OTHER;
                };
            default -> Unit.PICTURE;
        };
    }
}
