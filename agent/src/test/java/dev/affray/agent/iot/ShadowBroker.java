package dev.affray.agent.iot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.document.Json;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;

/** As much of MQTT 5 and of the named shadows as one gateway needs, on a free port. One connection after the other. */
public final class ShadowBroker implements AutoCloseable {
    private static final String PREFIX = "$aws/things/gateway-1/shadow/name/";

    private final SSLServerSocket server;
    private final List<String> filters = new CopyOnWriteArrayList<>();
    private final Map<String, ObjectNode> shadows = new ConcurrentHashMap<>();
    private volatile int connectAnswer;
    private volatile boolean silent;
    private volatile String forbidden = "";
    private volatile @Nullable OutputStream client;

    /** What other topics answer. */
    private volatile Responder responder = (_, _) -> Map.of();

    /** How often somebody connected. */
    final AtomicInteger connections = new AtomicInteger();

    /** Answers a message by others, by topic. */
    interface Responder {
        Map<String, Object> answer(String topic, byte[] payload);
    }

    /** Which shadows the gateway reported on, in order. */
    final Queue<String> reports = new ConcurrentLinkedQueue<>();

    public ShadowBroker(SSLContext tls) throws IOException {
        server = (SSLServerSocket) tls.getServerSocketFactory().createServerSocket(0);
        server.setNeedClientAuth(true);
        Thread.ofPlatform().daemon().name("broker").start(this::serve);
    }

    public int port() {
        return server.getLocalPort();
    }

    void respond(Responder other) {
        responder = other;
    }

    /** Sets a shadow anew, with nothing reported, and says so. */
    public void put(String shadow, long version, String desired) {
        ObjectNode document = (ObjectNode) Json.tree("{\"state\":{},\"version\":" + version + "}");
        ((ObjectNode) document.path("state")).set("desired", Json.tree(desired));
        shadows.put(shadow, document);
        publish(shadow + "/update/delta", document);
    }

    void delete(String shadow) {
        shadows.remove(shadow);
        publish(shadow + "/delete/accepted", Map.of("version", 1));
    }

    /** From now on answers every CONNECT with this reason code. */
    public void refuse(int reason) {
        connectAnswer = reason;
    }

    /** From now on acknowledges nothing that is published. */
    public void acknowledgeNothing() {
        silent = true;
    }

    /** From now on hangs up on whoever subscribes to this. */
    void forbid(String filter) {
        forbidden = filter;
    }

    private void serve() {
        while (!server.isClosed()) {
            serveOne();
        }
    }

    private void serveOne() {
        try (Socket socket = server.accept();
                DataInputStream in = new DataInputStream(socket.getInputStream())) {
            client = socket.getOutputStream();
            int type = in.read();
            while (type >= 0) {
                answer(type, ByteBuffer.wrap(in.readNBytes(length(in))));
                type = filters.contains(forbidden) ? -1 : in.read();
            }
        } catch (IOException e) {
            client = null;
        } finally {
            filters.clear();
        }
    }

    private static int length(DataInputStream in) throws IOException {
        int length = 0;
        int shift = 0;
        int next;
        do {
            next = in.readUnsignedByte();
            length |= (next & 0x7F) << shift;
            shift += 7;
        } while (next >= 0x80);
        return length;
    }

    private void answer(int type, ByteBuffer packet) {
        switch (type >> 4) {
            case 1 -> {
                connections.incrementAndGet();
                send(0x20, new byte[] {0, (byte) connectAnswer, 0});
            }
            case 3 -> published((type & 0x06) != 0, packet);
            case 8 -> subscribed(packet);
            case 12 -> send(0xD0, new byte[0]);
            default -> {}
        }
    }

    private void subscribed(ByteBuffer packet) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.write(packet.get());
        answer.write(packet.get());
        answer.write(0);
        packet.position(packet.position() + 1 + packet.get(packet.position()));
        while (packet.hasRemaining()) {
            filters.add(text(packet));
            packet.get();
            answer.write(1);
        }
        if (filters.contains(forbidden)) {
            return;
        }
        send(0x90, answer.toByteArray());
    }

    private void published(boolean acknowledge, ByteBuffer packet) {
        String topic = text(packet);
        if (silent) {
            return;
        }
        if (acknowledge) {
            send(0x40, new byte[] {packet.get(), packet.get()});
        }
        packet.position(packet.position() + 1 + packet.get(packet.position()));
        byte[] payload = new byte[packet.remaining()];
        packet.get(payload);
        if (topic.startsWith(PREFIX)) {
            String[] parts = topic.substring(PREFIX.length()).split("/");
            requested(parts[0], parts[1], Json.tree(payload));
        } else {
            responder.answer(topic, payload).forEach(this::publishTo);
        }
    }

    private void requested(String shadow, String verb, JsonNode request) {
        JsonNode token = request.path("clientToken");
        ObjectNode document = shadows.get(shadow);
        if (document == null) {
            publish(shadow + "/" + verb + "/rejected", Map.of("code", 404, "clientToken", token));
            return;
        }
        if (verb.equals("update")) {
            ObjectNode reported = ((ObjectNode) request.path("state").path("reported")).deepCopy();
            reported.properties().removeIf(field -> field.getValue().isNull());
            ((ObjectNode) document.path("state")).set("reported", reported);
            reports.add(shadow);
        }
        publish(shadow + "/" + verb + "/accepted", document.deepCopy().set("clientToken", token));
    }

    private static String text(ByteBuffer packet) {
        byte[] text = new byte[packet.getShort()];
        packet.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private void publish(String topic, Object document) {
        publishTo(PREFIX + topic, document);
    }

    private void publishTo(String full, Object document) {
        if (filters.stream()
                .noneMatch(filter ->
                        full.matches(java.util.regex.Pattern.quote(filter).replace("+", "\\E[^/]+\\Q")))) {
            return;
        }
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(packet)) {
            out.writeUTF(full);
            out.write(0);
            out.write(Json.write(document).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        send(0x30, packet.toByteArray());
    }

    private synchronized void send(int type, byte[] content) {
        OutputStream out = client;
        if (out == null) {
            return;
        }
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(type);
        int length = content.length;
        do {
            packet.write(length % 128 + (length >= 128 ? 128 : 0));
            length /= 128;
        } while (length > 0);
        packet.writeBytes(content);
        try {
            out.write(packet.toByteArray());
            out.flush();
        } catch (IOException e) {
            client = null;
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
