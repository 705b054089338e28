package dev.affray.agent.capture;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** The JPEG file that a picture was decoded from, kept with the picture for as long as that lives. */
final class OriginalJpeg {
    private static final int MARKER = 0xff;
    private static final int START = 0xd8;
    private static final int END = 0xd9;
    private static final int HUFFMAN_TABLES = 0xc4;
    private static final int SCAN = 0xda;

    private OriginalJpeg() {}

    /** Keeps a packet of motion JPEG with the picture that came of it. */
    static void keep(AVPacket packet, AVFrame picture) {
        if (packet.size() > 0 && picture.decode_error_flags() == 0) {
            AVBufferRef copy = avutil.av_buffer_alloc(packet.size());
            if (copy != null) {
                try (BytePointer from = packet.data();
                        BytePointer to = copy.data()) {
                    BytePointer.memcpy(to, from, packet.size());
                }
                picture.opaque_ref(copy);
            }
        }
    }

    /** The file that a packet of motion JPEG is, where it holds a whole picture of this size and any viewer can read it. */
    static Optional<byte[]> of(AVPacket packet, int width, int height) {
        byte[] jpeg = new byte[packet.size()];
        try (BytePointer data = packet.data()) {
            data.get(jpeg);
        }
        return isWhole(jpeg, width, height) ? Optional.of(jpeg) : Optional.empty();
    }

    /** The file, where there is one that stands for this picture and that any viewer can read. */
    static Optional<byte[]> of(AVFrame picture) {
        AVBufferRef kept = picture.opaque_ref();
        if (kept == null || kept.isNull()) {
            return Optional.empty();
        }
        byte[] jpeg = new byte[(int) kept.size()];
        try (BytePointer data = kept.data()) {
            data.get(jpeg);
        }
        return isWhole(jpeg, picture.width(), picture.height()) ? Optional.of(jpeg) : Optional.empty();
    }

    /** Some cameras leave out the tables, or send a picture as two fields, or cut it off: such a one is encoded anew. */
    static boolean isWhole(byte[] jpeg, int width, int height) {
        int length = jpeg.length;
        if (length < 4
                || unsigned(jpeg, 0) != MARKER
                || unsigned(jpeg, 1) != START
                || unsigned(jpeg, length - 2) != MARKER
                || unsigned(jpeg, length - 1) != END) {
            return false;
        }
        ByteBuffer segments = ByteBuffer.wrap(jpeg);
        boolean tables = false;
        boolean size = false;
        int at = 2;
        while (at + 9 < length && unsigned(jpeg, at) == MARKER) {
            int kind = unsigned(jpeg, at + 1);
            if (kind == SCAN) {
                return tables && size;
            }
            tables |= kind == HUFFMAN_TABLES;
            if (kind >= 0xc0 && kind <= 0xc2) {
                size = segments.getShort(at + 5) == height && segments.getShort(at + 7) == width;
            }
            at += 2 + Short.toUnsignedInt(segments.getShort(at + 2));
        }
        return false;
    }

    private static int unsigned(byte[] bytes, int at) {
        return Byte.toUnsignedInt(bytes[at]);
    }
}
