package dev.affray.agent.capture;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.affray.agent.capture.CaptureSource.Login;
import dev.affray.agent.capture.CaptureSource.Stream;
import dev.affray.camera.Source;
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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/** A camera of the test's own with motion JPEG at /video and a still picture at /still, all behind digest authentication. */
final class PictureServer implements AutoCloseable {
    static final Login LOGIN = new Login("viewer", "p@ss:w/rd \"1\" \u00e4");
    private static final int USES_OF_A_NONCE = 3;

    /** Every picture that was sent. */
    final List<String> sent = new CopyOnWriteArrayList<>();

    final AtomicInteger refused = new AtomicInteger();
    final AtomicInteger stale = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final AtomicInteger asked = new AtomicInteger();
    private final String algorithm;
    private final int width;

    PictureServer(String algorithm, int width) throws IOException {
        this.algorithm = algorithm;
        this.width = width;
        server.createContext("/video", this::video);
        server.createContext("/still", this::still);
        server.setExecutor(threads);
        server.start();
    }

    Stream stream(String path, Login login) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        return new Stream(
                url,
                Source.Transport.TCP,
                Optional.of(login),
                Optional.empty(),
                Duration.ofMillis(50),
                Source.Decoder.SOFTWARE);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    static String key(byte[] bytes) {
        return hash("SHA-256", new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private void video(HttpExchange exchange) throws IOException {
        if (!signedIn(exchange)) {
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "multipart/x-mixed-replace; boundary=--next");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            for (int i = 0; i < 2_000; i++) {
                byte[] jpeg = picture(i);
                sent.add(key(jpeg));
                body.write("--next\r\nContent-Type: image/jpeg\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                body.write(jpeg);
                body.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                body.flush();
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void still(HttpExchange exchange) throws IOException {
        if (signedIn(exchange)) {
            byte[] jpeg = picture(sent.size());
            sent.add(key(jpeg));
            exchange.getResponseHeaders().set("Content-Type", "image/jpeg");
            exchange.sendResponseHeaders(200, jpeg.length);
            exchange.getResponseBody().write(jpeg);
            exchange.close();
        }
    }

    /** Each nonce is good for a few requests. */
    private boolean signedIn(HttpExchange exchange) throws IOException {
        String header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        String nonce = "n" + asked.get() / USES_OF_A_NONCE;
        boolean right = header.startsWith("Digest ") && right(exchange, header);
        boolean fresh = value(header, "nonce").equals(nonce);
        if (right && fresh) {
            asked.incrementAndGet();
            return true;
        }
        if (right) {
            stale.incrementAndGet();
        } else if (header.startsWith("Digest ")) {
            refused.incrementAndGet();
        }
        exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"never this\"");
        exchange.getResponseHeaders()
                .add(
                        "WWW-Authenticate",
                        "Digest realm=\"a \\\"camera\\\", it is\", qop=\"auth\", algorithm=" + algorithm + ", nonce=\""
                                + nonce + "\"" + (right ? ", stale=true" : ""));
        exchange.sendResponseHeaders(401, -1);
        exchange.close();
        return false;
    }

    private boolean right(HttpExchange exchange, String header) {
        String who = hash(algorithm, LOGIN.user() + ":a \"camera\", it is:" + LOGIN.password());
        String what = hash(algorithm, "GET:" + exchange.getRequestURI());
        String response = hash(
                algorithm,
                String.join(
                        ":",
                        who,
                        value(header, "nonce"),
                        value(header, "nc"),
                        value(header, "cnonce"),
                        value(header, "qop"),
                        what));
        return value(header, "response").equals(response)
                && value(header, "uri").equals(exchange.getRequestURI().toString());
    }

    private static String value(String header, String name) {
        Matcher matcher = Pattern.compile("[ ,]" + name + "=\"?([^\",]*)").matcher(header);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String hash(String algorithm, String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] picture(int number) throws IOException {
        BufferedImage image = new BufferedImage(width, width * 3 / 4, BufferedImage.TYPE_INT_RGB);
        Graphics2D drawing = image.createGraphics();
        drawing.setColor(Color.ORANGE);
        drawing.fillRect(number * 40 % (width - 40), 20, width / 3, width / 3);
        drawing.dispose();
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", jpeg);
        return jpeg.toByteArray();
    }
}
