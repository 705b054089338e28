package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.affray.agent.capture.CaptureSource.Login;
import dev.affray.agent.capture.CaptureSource.Stream;
import dev.affray.camera.Source;
import dev.affray.health.CameraState;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Motion JPEG over HTTP, as cheap cameras have it, behind basic authentication. */
class HttpCameraTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PASSWORD = "p@ss:w/rd";

    private final Captures captures = new Captures();

    @Test
    void signsInAndFollowsMotionJpeg() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/video", HttpCameraTest::stream).setAuthenticator(new BasicAuthenticator("camera") {
            @Override
            public boolean checkCredentials(String user, String password) {
                return user.equals("viewer") && password.equals(PASSWORD);
            }
        });
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            server.setExecutor(threads);
            server.start();
            URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/video");
            Login login = new Login("viewer", PASSWORD);
            try (Camera camera = captures.camera(new Stream(url, Source.Transport.TCP, Optional.of(login)), 20)) {
                camera.start();
                await().atMost(PATIENCE).until(() -> captures.frames.size() >= 5);
                assertThat(camera.status().state()).isEqualTo(CameraState.STREAMING);
                assertThat(camera.status().source()).startsWith("mjpeg 640x480");
            }
            server.stop(0);
        }
    }

    private static void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "multipart/x-mixed-replace; boundary=next");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            for (int i = 0; i < 2_000; i++) {
                byte[] jpeg = picture(i);
                String head = "--next\r\nContent-Type: image/jpeg\r\nContent-Length: " + jpeg.length + "\r\n\r\n";
                body.write(head.getBytes(StandardCharsets.US_ASCII));
                body.write(jpeg);
                body.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                body.flush();
            }
        }
    }

    private static byte[] picture(int number) throws IOException {
        BufferedImage image = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
        Graphics2D drawing = image.createGraphics();
        drawing.setColor(Color.ORANGE);
        drawing.fillRect(number * 40 % 600, 100, 200, 200);
        drawing.dispose();
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", jpeg);
        return jpeg.toByteArray();
    }
}
