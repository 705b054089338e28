package dev.affray.agent.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Two seconds of H.264 in RTP packets (RFC 6184), interleaved in an RTSP connection. */
final class RtpFilm {
    static final String CODING = "-c:v libx264 -preset ultrafast -threads 1 -g 12";

    private static final int MAX_PAYLOAD = 1400;
    private static final int TICKS = 90_000 / 25;

    private final ByteArrayOutputStream interleaved = new ByteArrayOutputStream();
    private final int channel;
    private int sequence;

    private RtpFilm(int channel) {
        this.channel = channel;
    }

    /** All of it, to be written after PLAY. The test is skipped where the ffmpeg program is not installed. */
    static byte[] interleaved(String size, int channel) {
        byte[] film = Films.film(size, 25, CODING, "h264");
        RtpFilm packets = new RtpFilm(channel);
        int time = 0;
        for (byte[] unit : units(film)) {
            int type = unit[0] & 0x1f;
            boolean picture = type == 1 || type == 5;
            packets.add(unit, time, picture);
            time += picture ? TICKS : 0;
        }
        return packets.interleaved.toByteArray();
    }

    /** Sends it as fast as it goes, and hangs up. */
    static void play(Socket socket, byte[] interleaved) {
        try (socket) {
            OutputStream out = socket.getOutputStream();
            out.write(interleaved);
        } catch (IOException e) {
            // The other end has had enough.
        }
    }

    private void add(byte[] unit, int time, boolean last) {
        if (unit.length <= MAX_PAYLOAD) {
            packet(time, last, unit, 0, unit.length, new byte[0]);
            return;
        }
        for (int at = 1; at < unit.length; at += MAX_PAYLOAD) {
            int length = Math.min(MAX_PAYLOAD, unit.length - at);
            boolean end = at + length == unit.length;
            int fragment = (at == 1 ? 0x80 : 0) | (end ? 0x40 : 0) | (unit[0] & 0x1f);
            packet(time, last && end, unit, at, length, new byte[] {(byte) (unit[0] & 0xe0 | 28), (byte) fragment});
        }
    }

    private void packet(int time, boolean marker, byte[] unit, int from, int length, byte[] head) {
        int size = 12 + head.length + length;
        write('$', channel, size >> 8, size);
        write(0x80, (marker ? 0x80 : 0) | 96, sequence >> 8, sequence);
        write(time >> 24, time >> 16, time >> 8, time);
        write(1, 2, 3, 4);
        interleaved.writeBytes(head);
        interleaved.write(unit, from, length);
        sequence++;
    }

    private void write(int... bytes) {
        for (int b : bytes) {
            interleaved.write(b);
        }
    }

    /** The units between start codes. */
    static List<byte[]> units(byte[] film) {
        List<byte[]> units = new ArrayList<>();
        int begin = -1;
        for (int i = 0; i + 3 <= film.length; i++) {
            if (film[i] == 0 && film[i + 1] == 0 && film[i + 2] == 1) {
                if (begin >= 0) {
                    units.add(trimmed(film, begin, i));
                }
                begin = i + 3;
            }
        }
        units.add(trimmed(film, begin, film.length));
        return units;
    }

    private static byte[] trimmed(byte[] film, int from, int to) {
        int end = to;
        while (end > from && film[end - 1] == 0) {
            end--;
        }
        byte[] unit = new byte[end - from];
        System.arraycopy(film, from, unit, 0, unit.length);
        return unit;
    }
}
