package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpServer;
import dev.affray.agent.capture.CaptureSource.Login;
import dev.affray.agent.capture.CaptureSource.Stream;
import dev.affray.camera.Source;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaylistTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @BeforeAll
    static void load() {
        Ffmpeg.load();
    }

    @Test
    void followsHls_withTheLoginForEachOfItsParts() throws Exception {
        byte[] film = Films.ts("320x240", 15);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String origin = "http://127.0.0.1:" + server.getAddress().getPort();
        String list = "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:0\n"
                + "#EXTINF:2.0,\npart0.ts\n#EXT-X-DISCONTINUITY\n#EXTINF:2.0,\n/hls/part1.ts?x=1\n#EXT-X-DISCONTINUITY\n#EXTINF:2.0,\n"
                + origin + "/hls/part2.ts?x=1\n#EXT-X-ENDLIST\n";
        server.createContext("/hls", exchange -> {
                    boolean whole = exchange.getRequestURI().getPath().endsWith(".m3u8");
                    byte[] body = whole ? list.getBytes(StandardCharsets.US_ASCII) : film;
                    exchange.getResponseHeaders()
                            .set("Content-Type", whole ? "application/vnd.apple.mpegurl" : "video/mp2t");
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                })
                .setAuthenticator(new BasicAuthenticator("camera") {
                    @Override
                    public boolean checkCredentials(String user, String password) {
                        return user.equals("viewer") && password.equals("hunter2");
                    }
                });
        server.start();
        URI url = URI.create(origin + "/hls/live.m3u8");
        Stream stream = new Stream(url, Source.Transport.TCP, Optional.of(new Login("viewer", "hunter2")));
        try (VideoInput input = VideoInput.open(stream, new Interrupt(), PATIENCE.toNanos())) {
            int packets = 0;
            while (input.next() != VideoInput.Packet.END) {
                input.decode(input.packet(), (_, _) -> {});
                packets++;
            }
            assertThat(packets).isEqualTo(3 * 2 * 15);
            assertThat(input.decodeErrors()).isZero();
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://cam/live.m3u8 | http://cam/a.ts?b=c         | /a.ts?b=c",
                "http://cam/live.m3u8 | HTTP://CAM:80               | /",
                "https://cam/x        | https://cam:443/a.ts        | /a.ts",
                "http://cam:81/x      | #EXT-X-KEY:URI=\"http://cam:81/key\",IV=1 | #EXT-X-KEY:URI=\"/key\",IV=1",
                "http://cam/x         | http://cam:81/a.ts          | http://cam:81/a.ts",
                "https://cam/x        | http://cam/a.ts             | http://cam/a.ts",
                "http://cam/x         | http://other/a.ts           | http://other/a.ts",
                "http://cam/x         | http://u:p@cam/a.ts         | http://u:p@cam/a.ts",
                "http://cam/x         | a.ts?next=http://cam/b.ts   | a.ts?next=http://cam/b.ts",
            })
    void makesAddressesOnTheCameraRelative_andNoOthers(URI camera, String line, String expected) {
        String playlist = "#EXTM3U\n" + line + "\n";
        assertThat(Playlist.relative(playlist, camera)).isEqualTo("#EXTM3U\n" + expected + "\n");
    }
}
