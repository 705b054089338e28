package dev.affray.agent.capture;

import dev.affray.agent.capture.CaptureSource.Stream;
import dev.affray.camera.Source.Transport;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A camera that plays its video over RTSP (RFC 2326): OPTIONS, DESCRIBE, SETUP and PLAY, then RTP packets in the connection or as UDP datagrams, a word now and
 * then to keep the session alive, and TEARDOWN. For one thread.
 */
final class RtspSource implements Upstream {
    /** What a session lasts without a word where the camera does not say. */
    private static final int SESSION_SECONDS = 60;

    /** Where none came by UDP until then, something on the way does not let them through. */
    private static final long FIRST_DATAGRAM_NANOS = 3_000_000_000L;

    private static final String NOT_OFFERED = "the camera does not offer this transport: try auto in source.transport";
    private static final String EATEN = "no video came by UDP for 3 s: try auto or tcp in source.transport";
    private static final Pattern TIMEOUT = Pattern.compile("timeout\\s*=\\s*([0-9]{1,5})");
    private static final Pattern CHANNEL = Pattern.compile("interleaved\\s*=\\s*([0-9]{1,3})");

    private final Interrupt interrupt;
    private final RtspConnection connection;
    private final boolean answersGetParameter;
    private final SessionDescription description;
    private @Nullable Datagrams datagrams;
    private boolean offered = true;
    private int channel;
    private long aliveNanos = System.nanoTime();
    private long silenceNanos = SESSION_SECONDS * 500_000_000L;
    private Optional<String> refusal = Optional.empty();

    private RtspSource(Stream stream, Interrupt interrupt, int timeoutMillis, Encounter encounter)
            throws IOException, CaptureException {
        this.interrupt = interrupt;
        connection = RtspConnection.open(stream, interrupt, timeoutMillis, encounter);
        try {
            String uri = stream.url().toString();
            // A camera need not know this, and what it refuses it refuses again.
            RtspMessage options = followed(connection.ask("OPTIONS", uri, Map.of()));
            answersGetParameter = options.header("Public").orElse("").contains("GET_PARAMETER");
            RtspMessage described = must(connection.ask("DESCRIBE", uri, Map.of("Accept", "application/sdp")));
            String base = described
                    .header("Content-Base")
                    .or(() -> described.header("Content-Location"))
                    .filter(location -> location.toLowerCase(Locale.ROOT).startsWith("rtsp"))
                    .orElse(uri);
            description = SessionDescription.read(described.text(), base)
                    .orElseThrow(() -> CaptureException.passing("no video stream"));
        } catch (IOException | CaptureException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Connects and lets the camera play. With {@link Transport#AUTO} the packets come by UDP where they get through, and else in the connection.
     *
     * @param timeoutNanos for the connection alone; what follows ends by the interrupt's deadline
     */
    static RtspSource open(Stream stream, Interrupt interrupt, long timeoutNanos, Encounter encounter)
            throws CaptureException {
        int timeoutMillis = (int) (timeoutNanos / 1_000_000);
        try {
            Transport transport = stream.scheme().equals("rtsps") ? Transport.TCP : stream.transport();
            if (transport != Transport.TCP) {
                RtspSource source = new RtspSource(stream, interrupt, timeoutMillis, encounter);
                if (source.playsBy(source::setUpDatagrams)) {
                    return source;
                }
                source.close();
                if (transport == Transport.UDP) {
                    throw CaptureException.passing(source.offered ? EATEN : NOT_OFFERED);
                }
                interrupt.within(timeoutNanos);
            }
            RtspSource source = new RtspSource(stream, interrupt, timeoutMillis, encounter);
            if (source.playsBy(source::setUpInterleaved)) {
                return source;
            }
            source.close();
            throw CaptureException.passing(NOT_OFFERED);
        } catch (IOException e) {
            throw CaptureException.passing(reason(e, interrupt, timeoutMillis));
        }
    }

    /** The description of its video, for FFmpeg. */
    String description() {
        return description.text();
    }

    /** How its packets are put together, where FFmpeg need not do that: they come in their order. */
    Optional<AccessUnits> accessUnits() {
        return isByDatagrams() ? Optional.empty() : description.accessUnits();
    }

    /** Whether nobody is in a hurry: packets may then be read a few at a time. */
    void atLeisure(boolean leisurely) {
        connection.atLeisure(leisurely);
    }

    /** Whether packets may come late or not at all. */
    boolean isByDatagrams() {
        return datagrams != null;
    }

    /** Waits for a packet of RTP or RTCP. Returns its length; -1 at the end. */
    int receive() throws IOException {
        try {
            keepAlive();
            Datagrams open = datagrams;
            if (open != null) {
                while (connection.isReady()) {
                    connection.next();
                }
                return open.receive();
            }
            while (!connection.next() || !isOurs(connection.channel())) {
                keepAlive();
            }
            return connection.length();
        } catch (EOFException e) {
            return -1;
        } catch (ProtocolException e) {
            refusal = Optional.of(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    /** The packet that was received, from its first byte on; valid until the next one is. */
    byte[] packet() {
        Datagrams open = datagrams;
        return open == null ? connection.packet() : open.packet();
    }

    /** Sends a packet of RTCP. */
    void report(byte[] rtcp) throws IOException {
        Datagrams open = datagrams;
        if (open == null) {
            connection.send(channel + 1, rtcp);
        } else {
            open.report(rtcp);
        }
    }

    @Override
    public Optional<String> refusal() {
        return refusal;
    }

    @Override
    public void close() {
        try (connection;
                Datagrams _ = datagrams) {
            connection.tell("TEARDOWN", description.aggregate(), Map.of());
        } catch (IOException e) {
            // It is gone already.
        }
    }

    /** RTCP comes by the channel after that of RTP; which that is, the camera chooses. */
    private boolean isOurs(int came) {
        return came == channel || came == channel + 1;
    }

    private interface SetUp {
        boolean done() throws IOException, CaptureException;
    }

    /** Plays, if the packets come this way; closed where that fails. */
    private boolean playsBy(SetUp way) throws IOException, CaptureException {
        try {
            if (!way.done()) {
                return false;
            }
            must(connection.ask("PLAY", description.aggregate(), Map.of("Range", "npt=0.000-")));
            Datagrams open = datagrams;
            return open == null || open.hasWithin(FIRST_DATAGRAM_NANOS);
        } catch (IOException | CaptureException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private boolean setUpInterleaved() throws IOException, CaptureException {
        Optional<RtspMessage> answer = setUp("RTP/AVP/TCP;unicast;interleaved=0-1");
        answer.flatMap(a -> a.header("Transport"))
                .map(CHANNEL::matcher)
                .filter(Matcher::find)
                .ifPresent(m -> {
                    channel = Integer.parseInt(m.group(1));
                });
        return answer.isPresent();
    }

    private boolean setUpDatagrams() throws IOException, CaptureException {
        Datagrams open = Datagrams.open(connection.address(), interrupt);
        datagrams = open;
        Optional<RtspMessage> answer =
                setUp("RTP/AVP/UDP;unicast;client_port=" + open.port() + "-" + (open.port() + 1));
        Optional<String> transport = answer.map(a -> a.header("Transport").orElse(""));
        if (transport.isEmpty() || transport.get().contains("interleaved")) {
            return false;
        }
        open.meet(transport.get());
        return true;
    }

    /** Empty where the camera does not send its packets this way. */
    private Optional<RtspMessage> setUp(String transport) throws IOException, CaptureException {
        RtspMessage answer = connection.ask("SETUP", description.video(), Map.of("Transport", transport));
        if (answer.status() == 461) {
            offered = false;
            return Optional.empty();
        }
        Matcher timeout = TIMEOUT.matcher(must(answer).header("Session").orElse(""));
        if (timeout.find()) {
            silenceNanos = Math.max(2, Integer.parseInt(timeout.group(1))) * 500_000_000L;
        }
        return Optional.of(answer);
    }

    private void keepAlive() throws IOException {
        long now = System.nanoTime();
        if (now - aliveNanos > silenceNanos) {
            aliveNanos = now;
            connection.tell(answersGetParameter ? "GET_PARAMETER" : "OPTIONS", description.aggregate(), Map.of());
        }
    }

    private static RtspMessage followed(RtspMessage answer) throws CaptureException {
        if (answer.status() / 100 == 3) {
            throw CaptureException.passing(
                    Redirects.refused(answer.header("Location").orElse("")));
        }
        return answer;
    }

    private RtspMessage must(RtspMessage answer) throws CaptureException {
        if (followed(answer).status() / 100 != 2) {
            throw CaptureException.passing(Reasons.ofStatus(answer.status(), answer.statusLine()));
        }
        return answer;
    }

    private static String reason(IOException e, Interrupt interrupt, int timeoutMillis) {
        return switch (e) {
            case InterruptedIOException _ when interrupt.overdue() -> "timed out after " + timeoutMillis / 1000 + " s";
            case ProtocolException known -> String.valueOf(known.getMessage());
            case EOFException _ -> "the connection was closed without an answer";
            default -> Sockets.reason(e, timeoutMillis);
        };
    }
}
