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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Hands FFmpeg what a camera says over HTTP or HTTPS. A playlist names its parts so that they come this way, too; everything else passes as it is. Threads of
 * its own, which {@link #close} ends.
 */
final class HttpRelay implements HttpSource {
    private static final String TOKEN = "X-Affray-Token";
    private static final int MAX_HEAD = 16 * 1024;
    private static final int MAX_PLAYLIST = 1024 * 1024;

    private final Stream stream;
    private final int timeoutMillis;
    private final ServerSocket door;
    private final String token = Sockets.token();
    private final HttpFetch fetch;
    private final AtomicReference<@Nullable HttpAnswer> first;
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

    private HttpRelay(Stream stream, HttpFetch fetch, HttpAnswer first, int timeoutMillis, ServerSocket door) {
        this.stream = stream;
        this.fetch = fetch;
        this.first = new AtomicReference<>(first);
        this.timeoutMillis = timeoutMillis;
        this.door = door;
    }

    /**
     * One that hands on what came already.
     *
     * @param fetch is closed with it
     * @param first the answer for the stream's own URL
     */
    static HttpRelay open(Stream stream, HttpFetch fetch, HttpAnswer first, Duration timeout) throws CaptureException {
        try {
            ServerSocket door = new ServerSocket(0, 5, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
            HttpRelay relay = new HttpRelay(stream, fetch, first, (int) timeout.toMillis(), door);
            relay.sockets.own(door);
            // FFmpeg sees to the deadline from now on.
            first.endsWhen(() -> false);
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

    private void answer(Asked asked, OutputStream out) throws IOException {
        HttpAnswer answer;
        try {
            answer = ask(asked);
        } catch (IOException e) {
            refuse(e instanceof HttpFetch.RedirectException known ? known.reason() : Sockets.reason(e, timeoutMillis));
            write(out, "HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\n");
            return;
        }
        try {
            String type = answer.header("Content-Type").orElse("");
            if (answer.status() == 200 && Playlist.is(type.toLowerCase(Locale.ROOT))) {
                playlist(type, answer.body(), out);
            } else {
                pass(answer, out);
            }
        } finally {
            fetch.done(answer);
        }
    }

    private HttpAnswer ask(Asked asked) throws IOException {
        // FFmpeg begins with the stream's own URL.
        HttpAnswer came = first.getAndSet(null);
        if (came != null) {
            return came;
        }
        URI uri = URI.create(stream.scheme() + "://" + stream.url().getRawAuthority() + asked.path());
        long due = System.nanoTime() + timeoutMillis * 1_000_000L;
        HttpAnswer answer = fetch.get(uri, asked.header("Range"), () -> System.nanoTime() - due > 0);
        answer.endsWhen(() -> false);
        return answer;
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

    private static void pass(HttpAnswer answer, OutputStream out) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " \r\nConnection: close\r\n");
        for (String name : new String[] {"Content-Type", "Content-Length", "Content-Range"}) {
            answer.header(name).ifPresent(value -> head.append(name + ": " + value + "\r\n"));
        }
        write(out, head + "\r\n");
        InputStream body = answer.body();
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
