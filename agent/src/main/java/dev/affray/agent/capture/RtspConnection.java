package dev.affray.agent.capture;

import dev.affray.agent.capture.CaptureSource.Stream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection to an RTSP server over TCP or TLS, as RFC 2326 has it: requests and their answers, and packets in between. Answers challenges with the
 * stream's login. For one thread.
 */
final class RtspConnection implements AutoCloseable {
    private static final int INTERLEAVED = '$';
    private static final int MAX_PACKET = 65_535;

    /** How often a waiting read looks whether it is to end, in milliseconds. */
    private static final int LOOK_MILLIS = 250;

    private final Sockets sockets;
    private final InetAddress address;
    private final BurstInput in;
    private final OutputStream out;
    private final Optional<SignIn> signIn;
    private final Encounter encounter;
    private final byte[] packet = new byte[MAX_PACKET];
    private int channel;
    private int length;
    private int number;
    private String session = "";

    private RtspConnection(Stream stream, Sockets sockets, Socket socket, Interrupt interrupt, Encounter encounter)
            throws IOException {
        this.encounter = encounter;
        this.sockets = sockets;
        address = socket.getInetAddress();
        in = new BurstInput(socket.getInputStream(), interrupt);
        out = new BufferedOutputStream(socket.getOutputStream());
        signIn = stream.login().map(SignIn::new);
    }

    /**
     * Connects.
     *
     * @param interrupt ends every later call that waits
     * @param encounter learns what the camera says
     */
    static RtspConnection open(Stream stream, Interrupt interrupt, int timeoutMillis, Encounter encounter)
            throws IOException {
        Sockets sockets = new Sockets();
        interrupt.closes(sockets);
        try {
            Socket socket = sockets.connect(stream, timeoutMillis, encounter);
            socket.setSoTimeout(LOOK_MILLIS);
            return new RtspConnection(stream, sockets, socket, interrupt, encounter);
        } catch (IOException | RuntimeException e) {
            sockets.close();
            throw e;
        } finally {
            interrupt.closes(null);
        }
    }

    /** The camera's address. */
    InetAddress address() {
        return address;
    }

    /** Sends a request, again with the login where that is asked for, and waits for its answer. Packets that come before it are lost. */
    RtspMessage ask(String method, String uri, Map<String, String> headers) throws IOException {
        int attempts = 0;
        while (true) {
            tell(method, uri, headers);
            RtspMessage answer = answer();
            learn(answer);
            boolean again = answer.status() == 401
                    && signIn.isPresent()
                    && signIn.get().challenged(answer.headers("WWW-Authenticate"), attempts);
            if (!again) {
                answer.header("Session").ifPresent(s -> session = s.split(";", 2)[0].strip());
                return answer;
            }
            attempts++;
        }
    }

    /** Sends a request. Its answer, if there is one, is passed over by {@link #next}. */
    void tell(String method, String uri, Map<String, String> headers) throws IOException {
        number++;
        RtspMessage request = RtspMessage.request(method, uri)
                .with("CSeq", Integer.toString(number))
                .with("User-Agent", "Affray");
        for (Map.Entry<String, String> header : headers.entrySet()) {
            request = request.with(header.getKey(), header.getValue());
        }
        if (!session.isEmpty()) {
            request = request.with("Session", session);
        }
        Optional<String> authorization = signIn.flatMap(s -> s.authorization(method, uri));
        if (authorization.isPresent()) {
            request = request.with("Authorization", authorization.get());
        }
        request.write(out);
    }

    /** Reads what comes next. Returns whether it is a packet: then {@link #channel}, {@link #packet} and {@link #length} tell of it. */
    boolean next() throws IOException {
        return read() == null;
    }

    /** Whether something came that {@link #next} would read without waiting. */
    boolean isReady() throws IOException {
        return in.available() > 0;
    }

    /** Whether what comes may wait for a moment. */
    void atLeisure(boolean leisurely) {
        in.pause(leisurely);
    }

    /** The channel of the packet read last. */
    int channel() {
        return channel;
    }

    /** The packet read last, from its first byte on; valid until something else is read. */
    byte[] packet() {
        return packet;
    }

    int length() {
        return length;
    }

    /** Sends a packet. */
    void send(int channel, byte[] packet) throws IOException {
        out.write(INTERLEAVED);
        out.write(channel);
        out.write(packet.length >> 8);
        out.write(packet.length);
        out.write(packet);
        out.flush();
    }

    @Override
    public void close() {
        sockets.close();
    }

    private void learn(RtspMessage answer) {
        if (answer.status() == 401) {
            encounter.challenged(answer.headers("WWW-Authenticate"));
        } else if (answer.header("Content-Type").orElse("").startsWith("application/sdp")) {
            encounter.described(answer.text());
        }
        answer.header("Transport").ifPresent(encounter::setUp);
    }

    private RtspMessage answer() throws IOException {
        while (true) {
            RtspMessage message = read();
            // There are cameras that leave the number out.
            if (message != null
                    && message.isResponse()
                    && message.header("CSeq").orElse("" + number).equals("" + number)) {
                return message;
            }
        }
    }

    /** A message; null where a packet came instead. What the camera itself asks is answered. */
    private @Nullable RtspMessage read() throws IOException {
        int begun = in.read();
        while (begun >= 0 && begun <= ' ') {
            begun = in.read();
        }
        if (begun < 0) {
            throw new EOFException("the connection was closed");
        }
        if (begun == INTERLEAVED) {
            readPacket();
            return null;
        }
        RtspMessage message = RtspMessage.read(begun, in);
        if (!message.isResponse()) {
            String status = message.method().equals("OPTIONS")
                            || message.method().endsWith("_PARAMETER")
                            || message.method().equals("ANNOUNCE")
                    ? "200 OK"
                    : "501 Not Implemented";
            RtspMessage.response(status, message.header("CSeq").orElse("0")).write(out);
        }
        return message;
    }

    private void readPacket() throws IOException {
        channel = in.read();
        length = in.read() * 256 + in.read();
        if (length < 0 || in.readNBytes(packet, 0, length) < length) {
            throw new EOFException("a packet was cut off");
        }
    }
}
