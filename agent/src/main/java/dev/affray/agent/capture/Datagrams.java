package dev.affray.agent.capture;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** RTP packets that a camera sends as UDP datagrams, to an even port; RTCP goes by the port after it (RFC 3550, section 11). For one thread. */
final class Datagrams implements AutoCloseable {
    private static final int LOWEST_PORT = 20_000;
    private static final int PORTS = 40_000;
    private static final int ATTEMPTS = 100;
    private static final int MAX_DATAGRAM = 65_535;

    /** A key picture of a second of 16 Mb/s, should the system give as much. */
    private static final int SYSTEM_BUFFER = 2_000_000;

    private static final int LOOK_MILLIS = 250;
    private static final Pattern SERVER_PORT = Pattern.compile("server_port\\s*=\\s*([0-9]{1,5})");
    private static final Pattern SENDER = Pattern.compile("source\\s*=\\s*([0-9.]+|\\[?[0-9A-Fa-f:]+\\]?)");

    private final InetAddress camera;
    private final Interrupt interrupt;
    private final DatagramSocket rtp;
    private final DatagramSocket rtcp;
    private final DatagramPacket datagram = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
    private InetAddress sender;
    private int serverPort;
    private boolean received;

    private Datagrams(InetAddress camera, Interrupt interrupt, DatagramSocket rtp, DatagramSocket rtcp)
            throws SocketException {
        this.camera = camera;
        this.interrupt = interrupt;
        this.rtp = rtp;
        this.rtcp = rtcp;
        sender = camera;
        rtp.setReceiveBufferSize(SYSTEM_BUFFER);
        rtp.setSoTimeout(LOOK_MILLIS);
    }

    /** Takes two free ports. */
    static Datagrams open(InetAddress camera, Interrupt interrupt) throws SocketException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = LOWEST_PORT + 2 * ThreadLocalRandom.current().nextInt(PORTS / 2);
            DatagramSocket first = bound(port);
            DatagramSocket second = bound(port + 1);
            if (first.isBound() && second.isBound()) {
                return new Datagrams(camera, interrupt, first, second);
            }
            first.close();
            second.close();
        }
        throw new SocketException("no two UDP ports in a row are free");
    }

    private static DatagramSocket bound(int port) throws SocketException {
        DatagramSocket socket = new DatagramSocket(null);
        try {
            socket.bind(new InetSocketAddress(port));
        } catch (SocketException e) {
            // Another program has it: the caller sees that it is not bound.
        }
        return socket;
    }

    /** The port that RTP is to be sent to. */
    int port() {
        return rtp.getLocalPort();
    }

    /** Takes the camera's answer to SETUP, and opens the way for its packets through a firewall that lets answers pass. */
    void meet(String transport) throws IOException {
        Matcher source = SENDER.matcher(transport);
        if (source.find()) {
            sender = InetAddress.getByName(source.group(1));
        }
        Matcher port = SERVER_PORT.matcher(transport);
        if (port.find()) {
            serverPort = Integer.parseInt(port.group(1));
            byte[] empty = {(byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
            rtp.send(new DatagramPacket(empty, empty.length, sender, serverPort));
        }
    }

    /** Waits for the first packet; says whether it came. It is kept for {@link #receive}. */
    boolean hasWithin(long nanos) throws IOException {
        long began = System.nanoTime();
        while (!received && System.nanoTime() - began < nanos) {
            look();
        }
        return received;
    }

    /** Waits for a packet and returns its length. */
    int receive() throws IOException {
        while (!received) {
            look();
        }
        received = false;
        return datagram.getLength();
    }

    byte[] packet() {
        return datagram.getData();
    }

    /** Sends a packet of RTCP, where the camera has said where to. */
    void report(byte[] packet) throws IOException {
        if (serverPort > 0) {
            rtcp.send(new DatagramPacket(packet, packet.length, sender, serverPort + 1));
        }
    }

    @Override
    public void close() {
        rtp.close();
        rtcp.close();
    }

    /** What others send is passed over. */
    private void look() throws IOException {
        if (interrupt.raised() || interrupt.overdue()) {
            throw new InterruptedIOException();
        }
        try {
            datagram.setLength(MAX_DATAGRAM);
            rtp.receive(datagram);
            received = datagram.getLength() > 0
                    && (datagram.getAddress().equals(camera)
                            || datagram.getAddress().equals(sender));
        } catch (SocketTimeoutException e) {
            received = false;
        }
    }
}
