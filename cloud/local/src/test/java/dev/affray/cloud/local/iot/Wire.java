package dev.affray.cloud.local.iot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A network cable between a client and a local port, which can be cut. */
final class Wire implements AutoCloseable {
    private final ServerSocket entry;
    private final List<Socket> ends = new CopyOnWriteArrayList<>();

    Wire(int target) throws IOException {
        entry = new ServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(() -> join(target));
    }

    int port() {
        return entry.getLocalPort();
    }

    @Override
    public void close() {
        try {
            entry.close();
            for (Socket end : ends) {
                end.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void join(int target) {
        try {
            while (true) {
                Socket client = entry.accept();
                Socket server = new Socket(InetAddress.ofLiteral("127.0.0.1"), target);
                ends.addAll(List.of(client, server));
                Thread.ofVirtual().start(() -> pump(client, server));
                Thread.ofVirtual().start(() -> pump(server, client));
            }
        } catch (IOException e) {
            // Cut.
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // Cut.
        }
    }
}
