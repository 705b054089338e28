package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affray.agent.capture.CaptureSource.Stream;
import dev.affray.agent.capture.VideoInput.Packet;
import dev.affray.camera.Source;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JPEGs over HTTP, as whoever reads a source sees them. */
class HttpPicturesTest {
    private static final long SECOND = 1_000_000_000;
    private static final long PATIENCE = 30 * SECOND;

    @BeforeAll
    static void load() {
        Ffmpeg.load();
    }

    private static byte[] jpeg(int width) throws IOException {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, width * 3 / 4, BufferedImage.TYPE_INT_RGB), "jpg", jpeg);
        return jpeg.toByteArray();
    }

    private static void begin(OutputStream out) throws IOException {
        HttpFeed.head(out, "multipart/x-mixed-replace; boundary=a");
        HttpFeed.text(out, "--a\r\n");
    }

    private static void part(OutputStream out, byte[] jpeg) throws IOException {
        HttpFeed.text(out, "Content-Type: image/jpeg\r\nContent-Length: " + jpeg.length + "\r\n\r\n");
        out.write(jpeg);
        HttpFeed.text(out, "\r\n--a\r\n");
    }

    private static VideoInput open(Stream stream, long timeoutNanos) throws CaptureException {
        return VideoInput.open(stream, new Interrupt(), timeoutNanos);
    }

    private static String decoded(VideoInput input) throws CaptureException {
        StringBuilder sizes = new StringBuilder();
        input.decodeAlone(input.packet(), (picture, _) -> sizes.append(picture.width() + "x" + picture.height()));
        return sizes.toString();
    }

    @Test
    void handOnTheVeryBytes_andGiveFfmpegACopy_whereSomebodyLooks() throws Exception {
        byte[] jpeg = jpeg(320);
        HttpFeed.Answer two = out -> {
            begin(out);
            part(out, jpeg);
            Thread.sleep(50);
            part(out, jpeg);
        };
        try (HttpFeed feed = HttpFeed.of(two);
                VideoInput input = open(feed.stream(), PATIENCE)) {
            assertThat(input.describe()).isEqualTo("mjpeg 320x240 25 fps");
            assertThat(input.format().profile()).isEqualTo("Baseline");
            assertThat(input.format().declaredRate()).isNull();

            assertThat(input.next()).isEqualTo(Packet.VIDEO);
            double first = input.packetSeconds();
            assertThat(input.packetAsJpeg(319)).isEmpty();
            assertThat(input.packetAsJpeg(320)).contains(jpeg);
            assertThat(input.packetIsKey()).isTrue();
            assertThat(input.packetSize()).isEqualTo(jpeg.length);

            assertThat(input.next()).isEqualTo(Packet.VIDEO);
            assertThat(input.packet().size()).isEqualTo(jpeg.length);
            assertThat(input.packetSeconds() - first).isBetween(0.02, 30.0);
            assertThat(decoded(input)).isEqualTo("320x240");
            assertThat(input.decodeErrors()).isZero();
            assertThat(input.next()).isEqualTo(Packet.END);
        }
    }

    @Test
    void areDecoded_whereTheirSizeChanges() throws Exception {
        HttpFeed.Answer changing = out -> {
            begin(out);
            part(out, jpeg(320));
            part(out, jpeg(160));
            part(out, jpeg(320));
        };
        try (HttpFeed feed = HttpFeed.of(changing);
                VideoInput input = open(feed.stream(), PATIENCE)) {
            input.next();
            assertThat(input.packetAsJpeg(320)).isPresent();
            assertThat(decoded(input)).isEqualTo("320x240");
            input.next();
            assertThat(input.packetAsJpeg(320)).isEmpty();
            assertThat(decoded(input)).isEqualTo("160x120");
            input.next();
            assertThat(input.packetAsJpeg(320)).isPresent();
            assertThat(decoded(input)).isEqualTo("320x240");
        }
    }

    @Test
    void endInTheMiddleOfOne() throws Exception {
        HttpFeed.Answer half = out -> {
            begin(out);
            part(out, jpeg(320));
            HttpFeed.text(out, "Content-Length: 99\r\n\r\n\u007f");
        };
        try (HttpFeed feed = HttpFeed.of(half);
                VideoInput input = open(feed.stream(), PATIENCE)) {
            assertThat(input.next()).isEqualTo(Packet.VIDEO);
            assertThat(input.next()).isEqualTo(Packet.END);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void areGivenUpAfterTheTimeout_whenNoMoreCome(int pictures) throws Exception {
        HttpFeed.Answer stalling = out -> {
            begin(out);
            for (int i = 0; i < pictures; i++) {
                part(out, jpeg(320));
            }
            HttpFeed.text(out, "Content-Length: 99\r\n\r\n");
            Thread.sleep(60_000);
        };
        try (HttpFeed feed = HttpFeed.of(stalling)) {
            assertThatThrownBy(() -> {
                        try (VideoInput input = open(feed.stream(), SECOND)) {
                            assertThat(input.next()).isEqualTo(Packet.VIDEO);
                            input.next();
                        }
                    })
                    .isInstanceOf(CaptureException.class)
                    .hasMessage("timed out after 1 s");
        }
    }

    @Test
    void end_whenTheyAreInterrupted() throws Exception {
        Interrupt interrupt = new Interrupt();
        HttpFeed.Answer stalling = out -> {
            begin(out);
            part(out, jpeg(320));
            interrupt.raise();
            Thread.sleep(60_000);
        };
        try (HttpFeed feed = HttpFeed.of(stalling)) {
            assertThatThrownBy(() -> {
                        try (VideoInput input = VideoInput.open(feed.stream(), interrupt, 120 * SECOND)) {
                            input.next();
                            input.next();
                        }
                    })
                    .isInstanceOf(CaptureException.class);
        }
    }

    /** There are cameras that serve one at a time. */
    @Test
    void whatIsNoPicture_isReadFromTheAnswerThatToldSo() throws Exception {
        byte[] film = Films.ts("320x240", 15);
        HttpFeed.Answer all = out -> {
            HttpFeed.head(out, "video/mp2t");
            out.write(film);
        };
        try (HttpFeed feed = HttpFeed.of(all);
                VideoInput input = open(feed.stream(), PATIENCE)) {
            int packets = 0;
            while (input.next() == Packet.VIDEO) {
                packets++;
            }
            assertThat(packets).isEqualTo(30);
            assertThat(feed.requests).hasValue(1);
        }
    }

    /** A camera that serves two requests in a connection, and then closes it without a word; from the fifth on it is busy. */
    private static ServerSocket stills(byte[] jpeg, AtomicInteger requests, AtomicInteger connections)
            throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                    connections.incrementAndGet();
                    for (int i = 0; i < 2; i++) {
                        skipRequest(client.getInputStream());
                        boolean busy = requests.incrementAndGet() > 4;
                        String status = busy ? "503 Busy\r\n" : "200 OK\r\nContent-Type: image/jpeg\r\n";
                        client.getOutputStream()
                                .write(("HTTP/1.1 " + status + "Content-Length: " + jpeg.length + "\r\n\r\n")
                                        .getBytes(StandardCharsets.US_ASCII));
                        client.getOutputStream().write(jpeg);
                    }
                } catch (IOException e) {
                    // The test is over.
                }
            }
        });
        return server;
    }

    private static void skipRequest(InputStream in) throws IOException {
        int ends = 0;
        while (ends < 2) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            ends = next == '\n' ? ends + 1 : next == '\r' ? ends : 0;
        }
    }

    @Test
    void keepTheirConnectionWhileTheyAreStills_andSayWhatCameInstead() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        AtomicInteger connections = new AtomicInteger();
        byte[] jpeg = Arrays.copyOf(jpeg(320), 200_000);
        try (ServerSocket server = stills(jpeg, requests, connections)) {
            Stream stream = new Stream(
                    URI.create("http://127.0.0.1:" + server.getLocalPort()),
                    Source.Transport.TCP,
                    Optional.empty(),
                    Optional.empty(),
                    Duration.ofMillis(20),
                    Source.Decoder.SOFTWARE);
            try (VideoInput input = open(stream, PATIENCE)) {
                for (int i = 0; i < 4; i++) {
                    assertThat(input.next()).isEqualTo(Packet.VIDEO);
                    assertThat(input.packetSize()).isEqualTo(jpeg.length);
                }
                assertThat(connections).hasValue(2);
                assertThatThrownBy(input::next)
                        .isInstanceOf(CaptureException.class)
                        .hasMessage("its pictures cannot be read: instead of a picture came HTTP 503");
            }
        }
    }

    @Test
    void tellTheirSize_orNothing_whateverIsBroken() throws Exception {
        byte[] jpeg = jpeg(320);
        assertThat(JpegFrame.of(jpeg)).contains(new JpegFrame(320, 240, 0));
        for (int length = 0; length < jpeg.length; length++) {
            byte[] start = Arrays.copyOf(jpeg, length);
            assertThat(JpegFrame.of(start)).isIn(Optional.empty(), Optional.of(new JpegFrame(320, 240, 0)));
        }
        assertThat(JpegFrame.of("an HTML page, perhaps".getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
    }
}
