package dev.affray.agent.capture;

import dev.affray.agent.capture.CaptureSource.Stream;
import dev.affray.camera.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands before an RTSP server as a firewall does that lets no UDP through: what the server sends by it goes to a port that nobody reads. */
final class UdpEater implements AutoCloseable {
    private final int server;
    private final ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final DatagramSocket hole = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final List<String> requests = new CopyOnWriteArrayList<>();

    UdpEater(int server) throws IOException {
        this.server = server;
        Thread.ofVirtual().start(this::accept);
    }

    Stream stream() {
        URI url = URI.create("rtsp://127.0.0.1:" + door.getLocalPort() + "/stream");
        return new Stream(url, Source.Transport.AUTO, Optional.empty());
    }

    List<String> requests() {
        return requests;
    }

    @Override
    public void close() throws IOException {
        door.close();
        hole.close();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Socket camera = new Socket(InetAddress.getLoopbackAddress(), server);
                Thread.ofVirtual().start(() -> pump(client, camera, true));
                Thread.ofVirtual().start(() -> pump(camera, client, false));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void pump(Socket from, Socket to, boolean asks) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                String text = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
                if (asks) {
                    requests.add(text);
                    String hidden = "client_port=" + hole.getLocalPort() + "-" + hole.getLocalPort();
                    text = text.replaceAll("client_port=[0-9]+-[0-9]+", hidden);
                }
                out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            // One of the two ends is closed.
        }
    }
}
