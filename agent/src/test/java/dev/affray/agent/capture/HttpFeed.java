package dev.affray.agent.capture;

import dev.affray.agent.capture.CaptureSource.Stream;
import dev.affray.camera.Source;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A camera that answers HTTP requests byte by byte as a test wants, well or badly. */
final class HttpFeed implements AutoCloseable {
    private static final int PIECES_A_SECOND = 25;

    final AtomicInteger requests = new AtomicInteger();
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Answer answer;

    /** What is sent for one request; the connection is closed afterwards. */
    interface Answer {
        void send(OutputStream out) throws IOException, InterruptedException;
    }

    private HttpFeed(Answer answer) throws IOException {
        this.answer = answer;
    }

    static HttpFeed of(Answer answer) throws IOException {
        HttpFeed feed = new HttpFeed(answer);
        Thread.ofVirtual().start(feed::accept);
        return feed;
    }

    /** A film at its own pace, and after it the same silence as of a camera that nothing comes from. */
    static HttpFeed live(byte[] film, double seconds) throws IOException {
        return of(out -> {
            head(out, "video/mp2t");
            pace(out, film, seconds);
            Thread.sleep(60_000);
        });
    }

    static void head(OutputStream out, String type) throws IOException {
        text(out, "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nConnection: close\r\n\r\n");
    }

    static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    static void pace(OutputStream out, byte[] bytes, double seconds) throws IOException, InterruptedException {
        int pieces = (int) Math.ceil(seconds * PIECES_A_SECOND);
        int length = bytes.length / pieces + 1;
        for (int at = 0; at < bytes.length; at += length) {
            out.write(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + length)));
            out.flush();
            Thread.sleep(1000 / PIECES_A_SECOND);
        }
    }

    Stream stream() {
        return new Stream(URI.create(url("/video")), Source.Transport.TCP, Optional.empty());
    }

    int port() {
        return server.getLocalPort();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getLocalPort() + path;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader request =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String line = request.readLine();
            while (line != null && !line.isEmpty()) {
                line = request.readLine();
            }
            requests.incrementAndGet();
            answer.send(socket.getOutputStream());
        } catch (IOException e) {
            // The camera under test closed its end.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
