package dev.affray.agent.capture;

import dev.affray.agent.capture.CaptureSource.Stream;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Carries one RTSP connection of FFmpeg to a camera, over TCP or TLS: requests get the camera's own URI and the answer to its challenges; video in the
 * connection passes as it is. RTP over UDP goes past it. Serves one connection; threads of its own, which {@link #close} ends.
 */
final class RtspRelay implements Relay {
    private static final int INTERLEAVED = '$';
    private static final int MAX_OPEN_REQUESTS = 64;

    private final Stream stream;
    private final int timeoutMillis;
    private final ServerSocket door;
    private final String here;
    private final Optional<SignIn> signIn;
    private final AtomicReference<String> refusal = new AtomicReference<>();
    private final Sockets sockets = new Sockets();
    private final SequencedMap<Integer, Asked> asked = new LinkedHashMap<>();
    private int number;

    /** A request under way: as FFmpeg made it, and how often it was answered to a challenge. */
    private record Asked(RtspMessage request, int attempts) {}

    private RtspRelay(Stream stream, int timeoutMillis, ServerSocket door) {
        this.stream = stream;
        this.timeoutMillis = timeoutMillis;
        this.door = door;
        here = "rtsp://127.0.0.1:" + door.getLocalPort() + "/" + Sockets.token();
        signIn = stream.login().map(SignIn::new);
    }

    /** Connects to the camera only when FFmpeg connects to the relay. */
    static RtspRelay open(Stream stream, long timeoutNanos) throws CaptureException {
        try {
            ServerSocket door = new ServerSocket(0, 5, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
            RtspRelay relay = new RtspRelay(stream, (int) (timeoutNanos / 1_000_000), door);
            relay.sockets.own(door);
            Thread.ofVirtual().name("rtsp-relay").start(relay::accept);
            return relay;
        } catch (IOException e) {
            throw CaptureException.passing("no port on the loopback interface: " + e.getMessage());
        }
    }

    @Override
    public String url() {
        URI url = stream.url();
        return here
                + (url.getRawPath() == null ? "" : url.getRawPath())
                + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
    }

    @Override
    public Optional<String> refusal() {
        return Optional.ofNullable(refusal.get());
    }

    @Override
    public void close() {
        sockets.close();
    }

    /** Another program of this machine may find the port: it is turned away until FFmpeg comes. */
    private void accept() {
        try {
            boolean served = false;
            while (!served) {
                Socket client = door.accept();
                sockets.own(client);
                client.setSoTimeout(timeoutMillis);
                client.setTcpNoDelay(true);
                InputStream in = new BufferedInputStream(client.getInputStream());
                Optional<RtspMessage> first = first(in);
                if (first.isPresent()) {
                    served = true;
                    client.setSoTimeout(0);
                    door.close();
                    serve(first.get(), in, new BufferedOutputStream(client.getOutputStream()));
                } else {
                    client.close();
                }
            }
        } catch (IOException e) {
            // One of the two ends is closed; FFmpeg finds its own.
        } finally {
            close();
        }
    }

    private Optional<RtspMessage> first(InputStream in) {
        try {
            RtspMessage request = RtspMessage.read(in.read(), in);
            return Optional.of(request).filter(r -> r.uri().startsWith(here));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void serve(RtspMessage first, InputStream in, OutputStream out) throws IOException {
        Socket camera;
        try {
            camera = sockets.connect(stream, timeoutMillis);
        } catch (IOException e) {
            refusal.set(Sockets.reason(e, timeoutMillis));
            throw e;
        }
        OutputStream toCamera = new BufferedOutputStream(camera.getOutputStream());
        Thread.ofVirtual().name("rtsp-relay-camera").start(() -> back(camera, out, toCamera));
        ask(first, toCamera);
        int begun = in.read();
        while (begun >= 0) {
            if (begun == INTERLEAVED) {
                synchronized (toCamera) {
                    interleaved(in, toCamera);
                    toCamera.flush();
                }
            } else if (begun > ' ') {
                RtspMessage message = RtspMessage.read(begun, in);
                if (message.isResponse()) {
                    synchronized (toCamera) {
                        message.write(toCamera);
                    }
                } else {
                    ask(message, toCamera);
                }
            }
            begun = in.read();
        }
    }

    /** From the camera to FFmpeg. */
    private void back(Socket camera, OutputStream out, OutputStream toCamera) {
        try {
            InputStream in = new BufferedInputStream(camera.getInputStream(), 64 * 1024);
            String address = camera.getInetAddress().getHostAddress();
            int begun = in.read();
            while (begun >= 0) {
                if (begun == INTERLEAVED) {
                    interleaved(in, out);
                } else if (begun > ' ') {
                    RtspMessage message = RtspMessage.read(begun, in);
                    if (message.isResponse()) {
                        answered(message, address, out, toCamera);
                    } else {
                        message.write(out);
                    }
                }
                if (in.available() == 0) {
                    out.flush();
                }
                begun = in.read();
            }
            out.flush();
        } catch (IOException e) {
            // As in accept.
        } finally {
            close();
        }
    }

    private static void interleaved(InputStream in, OutputStream out) throws IOException {
        byte[] head = in.readNBytes(3);
        int length = head.length < 3 ? 1 : Byte.toUnsignedInt(head[1]) * 256 + Byte.toUnsignedInt(head[2]);
        byte[] content = in.readNBytes(length);
        if (content.length < length) {
            throw new EOFException("a packet was cut off");
        }
        out.write(INTERLEAVED);
        out.write(head);
        out.write(content);
    }

    private void ask(RtspMessage request, OutputStream toCamera) throws IOException {
        String uri = request.uri();
        String theirs = uri.startsWith(here)
                ? stream.scheme() + "://" + stream.url().getRawAuthority() + uri.substring(here.length())
                : uri;
        send(new Asked(theirs.equals(uri) ? request : request.to(theirs), 0), toCamera);
    }

    private void send(Asked ask, OutputStream toCamera) throws IOException {
        synchronized (toCamera) {
            number++;
            asked.put(number, ask);
            if (asked.size() > MAX_OPEN_REQUESTS) {
                // There are cameras that never answer what only keeps the connection alive.
                asked.pollFirstEntry();
            }
            RtspMessage request = ask.request().with("CSeq", Integer.toString(number));
            Optional<String> answer = signIn.flatMap(
                    s -> s.authorization(ask.request().method(), ask.request().uri()));
            (answer.isPresent() ? request.with("Authorization", answer.get()) : request).write(toCamera);
        }
    }

    private void answered(RtspMessage response, String address, OutputStream out, OutputStream toCamera)
            throws IOException {
        Asked ask;
        synchronized (toCamera) {
            ask = asked.remove(sequence(response));
        }
        if (ask == null) {
            response.write(out);
            return;
        }
        if (response.status() / 100 == 3) {
            refusal.set(Redirects.refused(response.header("Location").orElse("")));
            throw new IOException("a redirect");
        }
        if (response.status() == 401
                && signIn.isPresent()
                && signIn.get().challenged(response.headers("WWW-Authenticate"), ask.attempts())) {
            send(new Asked(ask.request(), ask.attempts() + 1), toCamera);
            return;
        }
        RtspMessage mine = response.with("CSeq", ask.request().header("CSeq").orElse("0"));
        Optional<String> transport = mine.header("Transport").filter(t -> !t.contains("source="));
        // FFmpeg would look for the sender of UDP packets where its connection leads to: here.
        (transport.isPresent() ? mine.with("Transport", transport.get() + ";source=" + address) : mine).write(out);
    }

    private static int sequence(RtspMessage response) {
        String text = response.header("CSeq").orElse("");
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    }
}
