package dev.affray.cloud.local.web;

import dev.affray.cloud.console.ConsoleApi;
import dev.affray.cloud.console.FrameBytes;
import dev.affray.cloud.console.link.LinkPage;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the console to this machine's own browser, and to nobody else: it binds 127.0.0.1, looks at Host and Origin, asks for a token, and has no
 * route that changes anything, but for the pages of alert links, which need no token: their link is one.
 */
public final class WebServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final String LOOPBACK = "127.0.0.1";

    private final Javalin javalin;
    private final AccessToken token;

    private WebServer(Javalin javalin, AccessToken token) {
        this.javalin = javalin;
        this.token = token;
    }

    /**
     * Starts it.
     *
     * @param port a TCP port, or 0 for any that is free
     * @param tokenFile where the token is kept; made, with owner-only permissions, when it is not there
     * @throws IllegalStateException when the port is taken, or the file holds no token
     */
    public static WebServer start(
            int port, ConsoleApi api, FrameBytes frames, InboxPages inbox, LinkPage links, Path tokenFile) {
        AccessToken token = AccessToken.in(tokenFile);
        Started started = new Started(port);
        Javalin javalin =
                Javalin.create(config -> configure(config, new Gate(token), started, api, frames, inbox, links));
        try {
            javalin.start(LOOPBACK, port);
        } catch (JavalinBindException e) {
            javalin.stop();
            throw new IllegalStateException(
                    "port " + port + " is in use by another program; end that, or give the console another port", e);
        }
        started.port = javalin.port();
        return new WebServer(javalin, token);
    }

    private static void configure(
            JavalinConfig config,
            Gate gate,
            IntSupplier port,
            ConsoleApi api,
            FrameBytes frames,
            InboxPages inbox,
            LinkPage links) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.routes.before(request -> {
            headers(request);
            gate.check(request, port.getAsInt());
        });
        new LinkRoutes(links).addTo(config.routes);
        new ConsoleRoutes(api, frames).addTo(config.routes);
        new InboxRoutes(inbox).addTo(config.routes);
        config.routes.exception(Exception.class, WebServer::failed);
    }

    /** For every answer; a route may loosen one for itself. */
    private static void headers(Context request) {
        request.header(
                "Content-Security-Policy",
                "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        request.header("X-Content-Type-Options", "nosniff");
        request.header("X-Frame-Options", "DENY");
        request.header("Referrer-Policy", "no-referrer");
        request.header("Cross-Origin-Resource-Policy", "same-origin");
        request.header("Cross-Origin-Opener-Policy", "same-origin");
        request.header("Cache-Control", "no-store");
    }

    private static void failed(Exception failure, Context request) {
        LOG.error("The console could not answer {}", request.path(), failure);
        request.status(500).result("The console met an error; its log says which.\n");
    }

    /** The port it listens on. */
    public int port() {
        return javalin.port();
    }

    /** The link that opens it, token included: for the terminal of whoever started it, and for no log. */
    public URI link() {
        return URI.create("http://" + LOOPBACK + ":" + port() + "/?token=" + token.text());
    }

    @Override
    public void close() {
        javalin.stop();
    }

    /** The port asked for, then the one that was given. */
    private static final class Started implements IntSupplier {
        private volatile int port;

        Started(int port) {
            this.port = port;
        }

        @Override
        public int getAsInt() {
            return port;
        }
    }
}
