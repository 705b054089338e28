package dev.affray.agent.capture;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;

/** A camera whose every answer the test chooses. */
final class SpokenCamera implements AutoCloseable {
    private static final String SDP = "v=0\r\no=- 0 0 IN IP4 0.0.0.0\r\nm=audio 0 RTP/AVP 0\r\na=control:sound\r\n"
            + "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:track1\r\n";

    /** What it was asked, and what it was told: the first lines. */
    final List<String> heard = new CopyOnWriteArrayList<>();

    final BlockingQueue<Socket> connections = new LinkedBlockingQueue<>();
    private final ServerSocket door;

    private SpokenCamera(ServerSocket door) {
        this.door = door;
    }

    /** @param answers status and headers in lines; after an empty line the body */
    static SpokenCamera answering(Function<RtspMessage, String> answers) throws IOException {
        return playing(answers, _ -> {});
    }

    /** @param film what follows the answer to PLAY */
    static SpokenCamera playing(Function<RtspMessage, String> answers, Consumer<Socket> film) throws IOException {
        ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        SpokenCamera camera = new SpokenCamera(door);
        Thread.startVirtualThread(() -> {
            try {
                while (true) {
                    Socket client = door.accept();
                    camera.connections.add(client);
                    Thread.startVirtualThread(() -> camera.serve(client, answers, film));
                }
            } catch (IOException e) {
                // The test is over.
            }
        });
        return camera;
    }

    /** What a plain camera answers, which sends its packets in channels 4 and 5. */
    static String usual(RtspMessage request) {
        return switch (request.method()) {
            case "OPTIONS" -> "200 OK\nPublic: DESCRIBE, SETUP, PLAY, GET_PARAMETER";
            case "DESCRIBE" -> "200 OK\nContent-Type: application/sdp\n\n" + SDP;
            case "SETUP" -> "200 OK\nSession: 77;timeout=2\nTransport: RTP/AVP/TCP;unicast;interleaved=4-5";
            default -> "200 OK";
        };
    }

    String url() {
        return "rtsp://127.0.0.1:" + door.getLocalPort() + "/a?b=c";
    }

    static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static void packet(Socket socket, int channel, String content) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(new byte[] {'$', (byte) channel, 0, (byte) content.length()});
        out.write(content.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private void serve(Socket client, Function<RtspMessage, String> answers, Consumer<Socket> film) {
        try (client) {
            InputStream in = client.getInputStream();
            int begun = in.read();
            while (begun >= 0) {
                if (begun == '$') {
                    int channel = in.read();
                    heard.add("packet " + channel + " of " + in.readNBytes(in.read() * 256 + in.read()).length);
                } else {
                    RtspMessage request = RtspMessage.read(begun, in);
                    heard.add(request.toString());
                    if (!request.isResponse()) {
                        answer(client, request, answers.apply(request));
                        if (request.method().equals("PLAY")) {
                            film.accept(client);
                        }
                    }
                }
                begun = in.read();
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private static void answer(Socket client, RtspMessage request, String answer) throws IOException {
        String[] parts = answer.split("\n\n", 2);
        String body = parts.length > 1 ? parts[1] : "";
        say(
                client,
                "RTSP/1.0 " + parts[0].replace("\n", "\r\n") + "\r\nCSeq: "
                        + request.header("CSeq").orElseThrow() + "\r\nContent-Length: " + body.length() + "\r\n\r\n"
                        + body);
    }
}
