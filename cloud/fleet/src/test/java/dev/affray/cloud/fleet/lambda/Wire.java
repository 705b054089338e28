package dev.affray.cloud.fleet.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A wire to a server, whose connections can be cut or left dead as a restored snapshot finds them. New connections are always good. */
final class Wire implements AutoCloseable {
    private final URI target;
    private final ServerSocket server;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Wire(URI target) throws IOException {
        this.target = target;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    int connections() {
        return connections.size();
    }

    /** Closes what is open. */
    void cut() {
        connections.forEach(Connection::close);
    }

    /** What is open stays open, but nothing goes through it any more. */
    void freeze() {
        connections.forEach(connection -> connection.frozen = true);
    }

    private void accept() {
        try {
            while (true) {
                Connection connection = new Connection(server.accept(), new Socket(target.getHost(), target.getPort()));
                connections.add(connection);
                threads.execute(() -> connection.pump(connection.near, connection.far));
                threads.execute(() -> connection.pump(connection.far, connection.near));
            }
        } catch (IOException e) {
            cut(); // The server socket was closed.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
        threads.close();
    }

    private static final class Connection {
        final Socket near;
        final Socket far;
        volatile boolean frozen;

        Connection(Socket near, Socket far) {
            this.near = near;
            this.far = far;
        }

        void pump(Socket from, Socket to) {
            byte[] buffer = new byte[8192];
            try (InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (!frozen) {
                        out.write(buffer, 0, read);
                    }
                }
            } catch (IOException e) {
                close();
            }
        }

        void close() {
            try (near;
                    far) {
                frozen = true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
