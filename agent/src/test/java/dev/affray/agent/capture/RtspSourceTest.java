package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.affray.agent.capture.CaptureSource.Login;
import dev.affray.agent.capture.CaptureSource.Stream;
import dev.affray.camera.Source.Transport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RtspSourceTest {
    private static final long TIMEOUT = 20_000_000_000L;
    private static final Login LOGIN = new Login("viewer", "hunter2");

    private final Interrupt interrupt = new Interrupt();

    @AfterEach
    void close() {
        interrupt.close();
    }

    private RtspSource open(SpokenCamera camera, Transport transport, Optional<Login> login) throws CaptureException {
        interrupt.within(TIMEOUT);
        return RtspSource.open(
                new Stream(URI.create(camera.url()), transport, login), interrupt, TIMEOUT, new Encounter());
    }

    private static String received(RtspSource source) throws IOException {
        int length = source.receive();
        return length < 0 ? "end" : new String(source.packet(), 0, length, StandardCharsets.ISO_8859_1);
    }

    @Test
    void asksForTheVideoAlone_andTakesItsPacketsFromTheChannelsTheCameraChose() throws Exception {
        try (SpokenCamera camera = SpokenCamera.answering(SpokenCamera::usual);
                RtspSource source = open(camera, Transport.TCP, Optional.empty())) {
            String url = camera.url();
            assertThat(camera.heard)
                    .containsExactly(
                            "OPTIONS " + url + " RTSP/1.0",
                            "DESCRIBE " + url + " RTSP/1.0",
                            "SETUP " + url + "/track1 RTSP/1.0",
                            "PLAY " + url + " RTSP/1.0");
            assertThat(source.description()).contains("m=video").doesNotContain("m=audio", "sound");
            Socket served = camera.connections.take();
            SpokenCamera.packet(served, 0, "of another");
            SpokenCamera.packet(served, 4, "video");
            SpokenCamera.packet(served, 5, "report");
            assertThat(received(source)).isEqualTo("video");
            assertThat(received(source)).isEqualTo("report");
            source.report(new byte[28]);
            await().until(() -> camera.heard.contains("packet 5 of 28"));
            served.shutdownOutput();
            assertThat(received(source)).isEqualTo("end");
        }
    }

    @Test
    void takesAnOddChannel_whereTheCameraChoseOne() throws Exception {
        try (SpokenCamera camera =
                        SpokenCamera.answering(request -> request.method().equals("SETUP")
                                ? "200 OK\nSession: 1\nTransport: RTP/AVP/TCP;unicast;interleaved=3-4"
                                : SpokenCamera.usual(request));
                RtspSource source = open(camera, Transport.TCP, Optional.empty())) {
            Socket served = camera.connections.take();
            SpokenCamera.packet(served, 2, "of another");
            SpokenCamera.packet(served, 3, "video");
            SpokenCamera.packet(served, 4, "report");
            assertThat(received(source)).isEqualTo("video");
            assertThat(received(source)).isEqualTo("report");
        }
    }

    @Test
    void signsIn_whereItIsAsked() throws Exception {
        try (SpokenCamera camera = SpokenCamera.answering(
                        request -> request.header("Authorization").orElse("").equals("Basic dmlld2VyOmh1bnRlcjI=")
                                ? SpokenCamera.usual(request)
                                : "401 Unauthorized\nWWW-Authenticate: Basic realm=\"x\"");
                RtspSource source = open(camera, Transport.TCP, Optional.of(LOGIN))) {
            assertThat(source.description()).contains("H264");
            assertThat(camera.heard).hasSize(5);
        }
    }

    @Test
    void keepsTheSessionAlive_answersWhatTheCameraAsks_andEndsTheSession() throws Exception {
        SpokenCamera camera = SpokenCamera.answering(SpokenCamera::usual);
        try (camera) {
            try (RtspSource source = open(camera, Transport.TCP, Optional.empty())) {
                Socket served = camera.connections.take();
                SpokenCamera.say(served, "OPTIONS * RTSP/1.0\r\nCSeq: 9\r\n\r\n");
                for (int i = 0; i < 14; i++) {
                    SpokenCamera.packet(served, 4, "video" + i);
                    assertThat(received(source)).isEqualTo("video" + i);
                    Thread.sleep(100);
                }
                assertThat(camera.heard).contains("RTSP/1.0 200 OK", "GET_PARAMETER " + camera.url() + " RTSP/1.0");
            }
            await().until(() -> camera.heard.contains("TEARDOWN " + camera.url() + " RTSP/1.0"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UDP", "AUTO"})
    void takesDatagrams_fromTheCameraAlone(Transport transport) throws Exception {
        try (DatagramSocket sender = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DatagramSocket stranger = new DatagramSocket(0, InetAddress.getByName("127.0.0.2"));
                SpokenCamera camera = SpokenCamera.answering(request -> {
                    if (request.method().equals("SETUP")) {
                        int port = port(request.header("Transport").orElse(""));
                        send(stranger, port, "not video");
                        send(sender, port, "video");
                        return "200 OK\nSession: 1\nTransport: RTP/AVP;unicast;client_port=" + port + "-" + (port + 1)
                                + ";server_port=" + sender.getLocalPort() + "-1";
                    }
                    return SpokenCamera.usual(request);
                });
                RtspSource source = open(camera, transport, Optional.empty())) {
            assertThat(source.isByDatagrams()).isTrue();
            assertThat(received(source)).isEqualTo("video");
            assertThat(camera.connections).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"461 Unsupported Transport", "200 OK;Session: 1;Transport: RTP/AVP;unicast;client_port=2-3"})
    void fallsBackToTheConnection_whereDatagramsDoNotCome(String answer) throws Exception {
        try (SpokenCamera camera = SpokenCamera.answering(
                        request -> request.header("Transport").orElse("").contains("client_port")
                                ? answer.replaceFirst(";", "\n").replaceFirst(";", "\n")
                                : SpokenCamera.usual(request));
                RtspSource source = open(camera, Transport.AUTO, Optional.empty())) {
            assertThat(source.isByDatagrams()).isFalse();
            camera.connections.take();
            SpokenCamera.packet(camera.connections.take(), 4, "video");
            assertThat(received(source)).isEqualTo("video");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TCP | DESCRIBE | 404 Not Found | 404 not found: check the path of the URL",
                "TCP | DESCRIBE | 503 Service Unavailable | the camera answers 503 service unavailable",
                "TCP | DESCRIBE | 200 OK | no video stream",
                "TCP | SETUP | 461 Unsupported Transport | the camera does not offer this transport: try auto in source.transport",
                "UDP | SETUP | 461 Unsupported Transport | the camera does not offer this transport: try auto in source.transport",
                "TCP | PLAY | 453 Not Enough Bandwidth | the camera answers 453 not enough bandwidth",
                "TCP | OPTIONS | 302 Found;Location: rtsp://other.example/?token=1 | the camera redirects to "
                        + "rtsp://other.example/, which is not followed; put that address into source.url if it is right"
            })
    void saysWhyThereIsNoVideo(Transport transport, String method, String answer, String reason) throws Exception {
        try (SpokenCamera camera = SpokenCamera.answering(
                request -> request.method().equals(method) ? answer.replace(';', '\n') : SpokenCamera.usual(request))) {
            assertThatThrownBy(() -> open(camera, transport, Optional.empty()))
                    .isInstanceOfSatisfying(
                            CaptureException.class, e -> assertThat(e.reason()).isEqualTo(reason));
        }
    }

    @Test
    void repeatsNoMoreThanALine_andNothingThatSteersATerminal() throws Exception {
        String answer = "503 \u001b[2J" + "x".repeat(5_000);
        try (SpokenCamera camera = SpokenCamera.answering(
                request -> request.method().equals("DESCRIBE") ? answer : SpokenCamera.usual(request))) {
            assertThatThrownBy(() -> open(camera, Transport.TCP, Optional.empty()))
                    .isInstanceOfSatisfying(
                            CaptureException.class,
                            e -> assertThat(e.reason())
                                    .startsWith("the camera answers 503 ?[2jxxx")
                                    .hasSizeLessThan(120));
        }
    }

    @Test
    void saysWhatCame_insteadOfRtsp() throws Exception {
        try (SpokenCamera camera = SpokenCamera.answering(SpokenCamera::usual);
                RtspSource source = open(camera, Transport.TCP, Optional.empty())) {
            SpokenCamera.say(camera.connections.take(), "<html>\r\n\r\n");
            assertThatThrownBy(source::receive).isInstanceOf(IOException.class);
            assertThat(source.refusal()).contains("not RTSP: what came is something else, such as a web page");
        }
    }

    private static int port(String transport) {
        Matcher port = Pattern.compile("client_port=([0-9]+)").matcher(transport);
        return port.find() ? Integer.parseInt(port.group(1)) : 0;
    }

    private static void send(DatagramSocket from, int port, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        try {
            from.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
