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
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Hands FFmpeg what a camera says over HTTP or HTTPS. Motion JPEG is taken apart here and handed on in one form; a still picture is asked for again and
 * again and becomes motion JPEG; a playlist names its parts so that they come this way, too; everything else passes as it is. Threads of its own, which {@link #close} ends.
 */
final class HttpRelay implements Upstream {
    private static final String TOKEN = "X-Affray-Token";
    private static final String PICTURES = """
            HTTP/1.1 200 OK\r
            Connection: close\r
            Content-Type: multipart/x-mixed-replace; boundary=picture\r
            \r
            """;
    private static final int MAX_HEAD = 16 * 1024;
    private static final int MAX_PLAYLIST = 1024 * 1024;
    private static final int MAX_STILL = 16 * 1024 * 1024;

    private final Stream stream;
    private final int timeoutMillis;
    private final ServerSocket door;
    private final String token = Sockets.token();
    private final Encounter encounter;
    private final HttpFetch fetch;
    private final AtomicReference<String> refusal = new AtomicReference<>();
    private final Sockets sockets = new Sockets();

    /** The head of a request of FFmpeg. */
    private record Asked(String path, String head) {
        Optional<String> header(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ":";
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(line -> line.substring(start.length()).strip())
                    .findFirst();
        }
    }

    private HttpRelay(Stream stream, int timeoutMillis, ServerSocket door, Encounter encounter) {
        this.stream = stream;
        this.timeoutMillis = timeoutMillis;
        this.door = door;
        this.encounter = encounter;
        fetch = new HttpFetch(stream, Duration.ofMillis(timeoutMillis), encounter);
    }

    static HttpRelay open(Stream stream, long timeoutNanos, Encounter encounter) throws CaptureException {
        try {
            ServerSocket door = new ServerSocket(0, 5, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
            HttpRelay relay = new HttpRelay(stream, (int) (timeoutNanos / 1_000_000), door, encounter);
            relay.sockets.own(door);
            Thread.ofVirtual().name("http-relay").start(relay::accept);
            return relay;
        } catch (IOException e) {
            throw CaptureException.passing("no port on the loopback interface: " + e.getMessage());
        }
    }

    /** What FFmpeg is to open: an address on the loopback interface. Whoever does not know it, and it is random, gets nothing there. */
    String url() {
        URI url = stream.url();
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return "http://127.0.0.1:" + door.getLocalPort() + (path.isEmpty() ? "/" : path) + query;
    }

    /** The header, with the end of its line, by which FFmpeg is known from other programs of this machine. */
    String header() {
        return TOKEN + ": " + token + "\r\n";
    }

    @Override
    public Optional<String> refusal() {
        return Optional.ofNullable(refusal.get());
    }

    @Override
    public void close() {
        sockets.close();
        fetch.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                sockets.own(client);
                Thread.ofVirtual().name("http-relay-camera").start(() -> serve(client));
            }
        } catch (IOException e) {
            // It is closed.
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setSoTimeout(timeoutMillis);
            client.setTcpNoDelay(true);
            Asked asked = asked(new BufferedInputStream(client.getInputStream()));
            if (asked.header(TOKEN).filter(token::equals).isPresent()) {
                answer(asked, new BufferedOutputStream(client.getOutputStream(), 64 * 1024));
            }
        } catch (IOException e) {
            // FFmpeg closed its end, or it was never FFmpeg.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.disown(client);
        }
    }

    private static Asked asked(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0 || head.length() > MAX_HEAD) {
                throw new EOFException("not a request");
            }
            head.append((char) next);
        }
        String[] words = head.substring(0, head.indexOf("\r\n")).split(" ", -1);
        if (words.length != 3 || !words[0].equals("GET") || !words[1].startsWith("/")) {
            throw new IOException("not a request of FFmpeg");
        }
        return new Asked(words[1], head.toString());
    }

    private void answer(Asked asked, OutputStream out) throws IOException, InterruptedException {
        URI uri = URI.create(stream.scheme() + "://" + stream.url().getRawAuthority() + asked.path());
        HttpResponse<InputStream> answer;
        try {
            answer = fetch.get(uri, asked.header("Range"));
        } catch (IOException e) {
            refuse(e instanceof HttpFetch.RedirectException known ? known.reason() : Sockets.reason(e, timeoutMillis));
            write(out, "HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\n");
            return;
        }
        try (InputStream body = answer.body()) {
            String type = answer.headers().firstValue("Content-Type").orElse("");
            encounter.sent(type);
            String kind = type.toLowerCase(Locale.ROOT);
            boolean found = answer.statusCode() == 200;
            if (found && kind.startsWith("multipart/")) {
                Multipart parts = new Multipart(type, body);
                pictures(parts::next, Duration.ZERO, out);
            } else if (found && (kind.startsWith("image/jpeg") || kind.startsWith("image/jpg"))) {
                pictures(stills(uri, answer), stream.still(), out);
            } else if (found && Playlist.is(kind)) {
                playlist(type, body, out);
            } else {
                pass(answer, body, out);
            }
        }
    }

    private void playlist(String type, InputStream body, OutputStream out) throws IOException {
        byte[] playlist = body.readNBytes(MAX_PLAYLIST + 1);
        if (playlist.length > MAX_PLAYLIST) {
            refuse("its playlist is longer than " + MAX_PLAYLIST / 1024 + " KB");
            write(out, "HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\n");
            return;
        }
        String text = Playlist.relative(new String(playlist, StandardCharsets.ISO_8859_1), stream.url());
        String head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: " + type + "\r\n";
        write(out, head + "Content-Length: " + text.length() + "\r\n\r\n" + text);
    }

    private interface Pictures {
        byte[] next() throws IOException, InterruptedException;
    }

    /** The picture that came first, and then whatever is there when it is asked for. */
    private Pictures stills(URI uri, HttpResponse<InputStream> first) {
        AtomicReference<HttpResponse<InputStream>> next = new AtomicReference<>(first);
        return () -> {
            HttpResponse<InputStream> answer = next.getAndSet(null);
            return still(answer == null ? fetch.get(uri, Optional.empty()) : answer);
        };
    }

    private static byte[] still(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = answer.body()) {
            if (answer.statusCode() != 200) {
                throw new IOException("instead of a picture came HTTP " + answer.statusCode());
            }
            byte[] picture = body.readNBytes(MAX_STILL + 1);
            if (picture.length < 4
                    || picture.length > MAX_STILL
                    || picture[0] != (byte) 0xff
                    || picture[1] != (byte) 0xd8) {
                throw new IOException("a picture is no JPEG");
            }
            return picture;
        }
    }

    private void pictures(Pictures pictures, Duration step, OutputStream out) throws IOException, InterruptedException {
        write(out, PICTURES);
        long due = System.nanoTime();
        while (true) {
            byte[] picture;
            try {
                picture = pictures.next();
            } catch (EOFException e) {
                return;
            } catch (IOException e) {
                refuse("its pictures cannot be read: " + e.getMessage());
                return;
            }
            write(out, "--picture\r\nContent-Type: image/jpeg\r\nContent-Length: " + picture.length + "\r\n\r\n");
            out.write(picture);
            write(out, "\r\n");
            due = Math.max(due + step.toNanos(), System.nanoTime());
            Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
        }
    }

    private static void pass(HttpResponse<InputStream> answer, InputStream body, OutputStream out) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.statusCode() + " \r\nConnection: close\r\n");
        for (String name : new String[] {"Content-Type", "Content-Length", "Content-Range"}) {
            answer.headers().firstValue(name).ifPresent(value -> head.append(name + ": " + value + "\r\n"));
        }
        write(out, head + "\r\n");
        byte[] some = new byte[16 * 1024];
        int length = body.read(some);
        while (length >= 0) {
            out.write(some, 0, length);
            out.flush();
            length = body.read(some);
        }
    }

    private void refuse(String reason) {
        refusal.compareAndSet(null, reason);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }
}
