package dev.affray.agent.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** A camera that sends the same pictures again and again as motion JPEG, to everyone who asks. */
final class PictureFeed implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final List<byte[]> pictures;
    private final int rate;

    /** @param rate pictures a second */
    PictureFeed(List<byte[]> pictures, int rate) throws IOException {
        this.pictures = List.copyOf(pictures);
        this.rate = rate;
        server.createContext("/video", this::send);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/video";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void send(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "multipart/x-mixed-replace; boundary=next");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            long due = System.nanoTime();
            for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                byte[] jpeg = pictures.get(i % pictures.size());
                String head = "--next\r\nContent-Type: image/jpeg\r\nContent-Length: " + jpeg.length + "\r\n\r\n";
                body.write(head.getBytes(StandardCharsets.US_ASCII));
                body.write(jpeg);
                body.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                body.flush();
                due += 1_000_000_000L / rate;
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }
    }
}
