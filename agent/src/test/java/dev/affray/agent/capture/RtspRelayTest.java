package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.agent.capture.CaptureSource.Login;
import dev.affray.agent.capture.CaptureSource.Stream;
import dev.affray.camera.Source;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The test is both FFmpeg and the camera. */
class RtspRelayTest {
    private ServerSocket camera;
    private RtspRelay relay;
    private URI url;

    @BeforeEach
    void open() throws Exception {
        camera = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        url = URI.create("rtsp://127.0.0.1:" + camera.getLocalPort() + "/a?b=c");
        relay = RtspRelay.open(
                new Stream(url, Source.Transport.TCP, Optional.of(new Login("viewer", "hunter2"))), 10_000_000_000L);
    }

    @AfterEach
    void close() throws IOException {
        relay.close();
        camera.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(relay.url()).getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void say(Socket socket, String... lines) throws IOException {
        String text = String.join("\r\n", lines) + "\r\n\r\n";
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static BufferedReader ear(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    private static String hear(BufferedReader from) throws IOException {
        StringBuilder message = new StringBuilder();
        String line = from.readLine();
        while (line != null && !line.isEmpty()) {
            message.append(line).append('\n');
            line = from.readLine();
        }
        return message.toString();
    }

    @Test
    void turnsAwayWhoDoesNotKnowTheAddress_andStillServesWhoDoes() throws Exception {
        try (Socket stranger = connect()) {
            say(stranger, "OPTIONS " + url + " RTSP/1.0", "CSeq: 1");
            assertThat(hear(ear(stranger))).isEmpty();
        }
        try (Socket ffmpeg = connect()) {
            say(ffmpeg, "OPTIONS " + relay.url() + " RTSP/1.0", "CSeq: 1");
            try (Socket served = camera.accept()) {
                assertThat(hear(ear(served))).isEqualTo("OPTIONS " + url + " RTSP/1.0\nCSeq: 1\n");
            }
        }
    }

    @Test
    void answersAChallengeItself_andPassesVideoAndRequestsOfTheCamera() throws Exception {
        try (Socket ffmpeg = connect()) {
            say(ffmpeg, "DESCRIBE " + relay.url() + " RTSP/1.0", "CSeq: 5", "Accept: application/sdp");
            try (Socket served = camera.accept()) {
                served.setSoTimeout(10_000);
                BufferedReader camera = ear(served);
                assertThat(hear(camera)).contains("CSeq: 1\n").doesNotContain("Authorization");
                say(served, "RTSP/1.0 401 Unauthorized", "CSeq: 1", "WWW-Authenticate: Basic realm=\"x\"");
                assertThat(hear(camera))
                        .startsWith("DESCRIBE " + url)
                        .contains("CSeq: 2\n", "Authorization: Basic dmll");
                served.getOutputStream().write(new byte[] {'$', 0, 0, 3, 'R', '\n', '\n'});
                say(served, "RTSP/1.0 200 OK", "CSeq: 2", "Content-Length: 0");
                BufferedReader heard = ear(ffmpeg);
                assertThat(heard.readLine()).isEqualTo("$\0\0\3R");
                assertThat(heard.readLine()).isEmpty();
                assertThat(hear(heard)).isEqualTo("RTSP/1.0 200 OK\nContent-Length: 0\nCSeq: 5\n");

                say(served, "OPTIONS * RTSP/1.0", "CSeq: 77");
                assertThat(hear(heard)).isEqualTo("OPTIONS * RTSP/1.0\nCSeq: 77\n");
                say(ffmpeg, "RTSP/1.0 200 OK", "CSeq: 77");
                assertThat(hear(camera)).isEqualTo("RTSP/1.0 200 OK\nCSeq: 77\n");
            }
        }
    }

    @Test
    void goesOn_whenTheCameraNeverAnswersWhatOnlyKeepsTheConnectionAlive() throws Exception {
        try (Socket ffmpeg = connect()) {
            say(ffmpeg, "OPTIONS " + relay.url() + " RTSP/1.0", "CSeq: 0");
            try (Socket served = camera.accept()) {
                served.setSoTimeout(10_000);
                BufferedReader camera = ear(served);
                hear(camera);
                for (int i = 1; i <= 200; i++) {
                    say(ffmpeg, "GET_PARAMETER " + relay.url() + " RTSP/1.0", "CSeq: " + i);
                    hear(camera);
                }
                say(served, "RTSP/1.0 200 OK", "CSeq: 201");
                assertThat(hear(ear(ffmpeg))).isEqualTo("RTSP/1.0 200 OK\nCSeq: 200\n");
            }
        }
    }
}
