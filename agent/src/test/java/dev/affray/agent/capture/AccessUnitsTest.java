package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affray.agent.capture.AccessUnits.Coding;
import dev.affray.agent.capture.CaptureSource.Stream;
import dev.affray.camera.Source.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AccessUnitsTest {
    private static final int FIRST = 0x80;
    private static final int LAST = 0x40;

    private final List<String> units = new ArrayList<>();
    private AccessUnits taker = new AccessUnits(Coding.H264, 96);
    private int sequence;

    @Test
    void putsTogether_whatStandsAlone_whatWasAggregated_andWhatWasCut() throws Exception {
        send(100, false, 24, 0, 2, 0x67, 1, 0, 2, 0x68, 2);
        send(100, false, 0x7c, FIRST | 5, 10, 11);
        send(100, false, 0x7c, 5, 12);
        send(100, true, 0x7c, LAST | 5, 13);
        send(190, true, 0x41, 20, 21);

        assertThat(units).containsExactly("key 0: 67 01, 68 02, 65 0a 0b 0c 0d", "90: 41 14 15");
    }

    @Test
    void putsH265Together() throws Exception {
        taker = new AccessUnits(Coding.H265, 96);
        send(0, false, 48 << 1, 1, 0, 3, 32 << 1, 1, 7, 0, 3, 33 << 1, 1, 8);
        send(0, false, 49 << 1, 1, FIRST | 19, 10);
        send(0, true, 49 << 1, 1, LAST | 19, 11);
        send(3600, true, 1 << 1, 1, 12);

        assertThat(units).containsExactly("key 0: 40 01 07, 42 01 08, 26 01 0a 0b", "3600: 02 01 0c");
    }

    @Test
    void endsAUnit_whereTheNextBegins_ifTheCameraDoesNotMarkTheLastPacket() throws Exception {
        send(0, false, 0x65, 1);
        send(0, false, 0x65, 2);
        send(90, false, 0x41, 3);
        send(180, false, 0x41, 4);

        assertThat(units).containsExactly("key 0: 65 01, 65 02", "90: 41 03");
    }

    @Test
    void keepsTogether_whatACameraMarksSliceBySlice_onceItHasSeenThat() throws Exception {
        for (int time = 0; time < 360; time += 90) {
            send(time, true, 0x41, 1);
            send(time, true, 0x41, 2);
        }

        assertThat(units).containsExactly("0: 41 01", "0: 41 02", "90: 41 01, 41 02", "180: 41 01, 41 02");
    }

    @Test
    void waitsForAPicture_whereParametersComeByThemselves() throws Exception {
        send(0, true, 0x67, 1);
        send(10, true, 0x68, 2);
        send(90, true, 0x65, 3);

        assertThat(units).containsExactly("key 90: 67 01, 68 02, 65 03");
    }

    @Test
    void takesARecoveryPointForAKey_whereItShowsAllAtOnce() throws Exception {
        send(0, false, 0x06, 6, 1, 0xc4, 0x80);
        send(0, true, 0x41, 1);
        send(90, false, 0x06, 6, 1, 0x48, 0x80);
        send(90, true, 0x41, 2);

        assertThat(units).containsExactly("key 0: 06 06 01 c4 80, 41 01", "90: 06 06 01 48 80, 41 02");
    }

    @Test
    void leavesOut_whatHasLostItsBeginning() throws Exception {
        send(0, false, 0x7c, 5, 12);
        send(0, false, 0x7c, LAST | 5, 13);
        send(0, true, 0x41, 1);

        assertThat(units).containsExactly("0: 41 01");
    }

    @Test
    void passesOver_whatIsNotVideo() throws Exception {
        take(new byte[] {(byte) 0x80, 96, 0});
        take(header(0, 97, true, 0x41, 1));
        take(header(0, 72, true, 0x41, 1));
        byte[] otherVersion = header(0, 96, true, 0x41, 1);
        otherVersion[0] = 0x40;
        take(otherVersion);
        send(0, true, 0x41, 2);

        assertThat(units).containsExactly("0: 41 02");
    }

    @Test
    void stepsOverSources_extension_andPadding() throws Exception {
        byte[] packet = header(0, 96, true, 9, 9, 9, 9, 0xbe, 0xde, 0, 1, 8, 8, 8, 8, 0x41, 1, /* padding */ 0, 0, 3);
        packet[0] = (byte) (0x80 | 0x20 | 0x10 | 1);
        take(packet);

        assertThat(units).containsExactly("0: 41 01");
    }

    @Test
    void countsOn_whereTheClockOf32BitsBeginsAgain() throws Exception {
        send(-90, true, 0x41, 1);
        send(0, true, 0x41, 2);
        send(90, true, 0x41, 3);

        assertThat(units).containsExactly("0: 41 01", "90: 41 02", "180: 41 03");
    }

    @Test
    void refusesAPictureWithoutEnd() {
        int[] large = new int[60_000];
        large[0] = 0x41;
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 300; i++) {
                        send(0, false, large);
                    }
                })
                .isInstanceOf(ProtocolException.class)
                .hasMessage("a picture is longer than 16 MB");
    }

    @Test
    void survivesAnything() throws Exception {
        Random random = new Random(1);
        for (Coding coding : Coding.values()) {
            taker = new AccessUnits(coding, 96);
            for (int i = 0; i < 20_000; i++) {
                byte[] packet = new byte[random.nextInt(40)];
                random.nextBytes(packet);
                if (packet.length > 1 && i % 10 > 0) {
                    packet[0] = (byte) (0x80 | (packet[0] & 0x3f));
                    packet[1] = (byte) (96 | (packet[1] & 0x80));
                }
                take(packet);
            }
        }
        assertThat(units).hasSizeGreaterThan(100);
    }

    @Test
    void goesOnWhereFfmpegEnds_withoutLosingAPicture() throws Exception {
        byte[] film = RtpFilm.interleaved("320x240", 4);
        try (SpokenCamera camera = SpokenCamera.playing(SpokenCamera::usual, socket -> play(socket, film));
                Interrupt interrupt = new Interrupt();
                VideoInput input = VideoInput.open(
                        new Stream(URI.create(camera.url()), Transport.TCP, Optional.empty()),
                        interrupt,
                        20_000_000_000L)) {
            List<Double> seconds = new ArrayList<>();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            while (input.next() == VideoInput.Packet.VIDEO) {
                seconds.add(input.packetSeconds());
                byte[] packet = new byte[input.packet().size()];
                input.packet().data().get(packet);
                bytes.writeBytes(packet);
            }
            assertThat(seconds).hasSize(50);
            // FFmpeg has no time for the very first.
            for (int i = 2; i < seconds.size(); i++) {
                assertThat(seconds.get(i) - seconds.get(i - 1)).isBetween(0.0399, 0.0401);
            }
            assertThat(RtpFilm.units(bytes.toByteArray())).containsExactlyElementsOf(RtpFilm.units(film()));
        }
    }

    /** Closing the connection could take what was not read yet from the other end. */
    private static void play(Socket socket, byte[] interleaved) {
        try {
            socket.getOutputStream().write(interleaved);
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] film() {
        return Films.film("320x240", 25, RtpFilm.CODING, "h264");
    }

    private void send(int time, boolean last, int... payload) throws ProtocolException {
        take(header(time, 96, last, payload));
    }

    private byte[] header(int time, int type, boolean last, int... payload) {
        ByteBuffer packet = ByteBuffer.allocate(12 + payload.length);
        packet.put((byte) 0x80).put((byte) (type | (last ? 0x80 : 0))).putShort((short) sequence++);
        packet.putInt(time).putInt(7);
        Arrays.stream(payload).forEach(b -> packet.put((byte) b));
        return packet.array();
    }

    private void take(byte[] packet) throws ProtocolException {
        taker.add(packet, packet.length);
        while (taker.isComplete()) {
            StringBuilder text = new StringBuilder((taker.isKey() ? "key " : "") + taker.ticks() + ":");
            String separator = " ";
            for (byte[] unit : RtpFilm.units(Arrays.copyOf(taker.unit(), taker.length()))) {
                text.append(separator);
                StringBuilder hex = new StringBuilder();
                for (byte b : unit) {
                    hex.append(hex.isEmpty() ? "" : " ").append("%02x".formatted(b));
                }
                text.append(hex);
                separator = ", ";
            }
            units.add(text.toString());
            taker.clear();
        }
    }
}
