package dev.affray.agent.iot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The way to a server of this machine, which can be cut and mended. */
public final class Cable implements AutoCloseable {
    private final ServerSocket ear;
    private final int far;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean whole = true;

    /** @param far the port it leads to */
    public Cable(int far) throws IOException {
        this.far = far;
        ear = new ServerSocket();
        ear.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofPlatform().daemon().name("cable").start(this::accept);
    }

    public int port() {
        return ear.getLocalPort();
    }

    /** Breaks every connection; no new one comes about. */
    public void cut() {
        whole = false;
        open.forEach(Cable::close);
    }

    public void mend() {
        whole = true;
    }

    private void accept() {
        while (!ear.isClosed()) {
            try {
                Socket near = ear.accept();
                if (whole) {
                    join(near, new Socket(InetAddress.getLoopbackAddress(), far));
                } else {
                    close(near);
                }
            } catch (IOException e) {
                // That connection, or all of them, came to an end.
            }
        }
    }

    private void join(Socket near, Socket distant) throws IOException {
        near.setTcpNoDelay(true);
        distant.setTcpNoDelay(true);
        open.add(near);
        open.add(distant);
        Thread.ofVirtual().start(() -> pump(near, distant));
        Thread.ofVirtual().start(() -> pump(distant, near));
    }

    private void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // Cut, or ended at either side.
        }
        close(from);
        close(to);
        open.remove(from);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        ear.close();
        cut();
    }
}
