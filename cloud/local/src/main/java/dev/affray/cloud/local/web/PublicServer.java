package dev.affray.cloud.local.web;

import dev.affray.cloud.console.link.LinkPage;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.security.KeyStore;
import java.util.Optional;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the pages of alert links to other machines, and nothing else: no console, no frames but those of a link's incident, no API. With a certificate on every
 * address of this machine; without one on 127.0.0.1, for a proxy.
 */
public final class PublicServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PublicServer.class);
    private static final int CONNECTIONS = 500;
    private static final int THREADS = 24;
    private static final int MOST_HEADER_BYTES = 8 * 1024;
    private static final int IDLE_MILLIS = 15_000;
    private static final String NOT_FOUND = "There is nothing here but the pages of alerts.\n";

    private final Javalin javalin;
    private final Optional<SslContextFactory.Server> tls;

    private PublicServer(Javalin javalin, Optional<SslContextFactory.Server> tls) {
        this.javalin = javalin;
        this.tls = tls;
    }

    /** A certificate with its key, and the password that protects the key in the store. */
    public record Identity(KeyStore keyStore, String password) {
        private void into(SslContextFactory factory) {
            factory.setKeyStore(keyStore);
            factory.setKeyStorePassword(password);
        }
    }

    /**
     * Starts it.
     *
     * @param port a TCP port, or 0 for any that is free
     * @param identity absent for plain HTTP on 127.0.0.1
     * @throws IllegalStateException when it cannot listen there
     */
    public static PublicServer start(int port, Optional<Identity> identity, LinkPage links) {
        Optional<SslContextFactory.Server> tls = identity.map(PublicServer::factory);
        Javalin javalin = Javalin.create(config -> configure(config, port, tls, links));
        try {
            javalin.start();
        } catch (RuntimeException e) {
            javalin.stop();
            throw new IllegalStateException(
                    "port " + port + " cannot be listened on: it is in use by another program, or not for this user",
                    e);
        }
        return new PublicServer(javalin, tls);
    }

    private static SslContextFactory.Server factory(Identity identity) {
        SslContextFactory.Server factory = new SslContextFactory.Server();
        identity.into(factory);
        return factory;
    }

    private static void configure(
            JavalinConfig config, int port, Optional<SslContextFactory.Server> tls, LinkPage links) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.jetty.threadPool = new QueuedThreadPool(THREADS);
        config.jetty.modifyHttpConfiguration(http -> {
            http.setRequestHeaderSize(MOST_HEADER_BYTES);
            http.setSendServerVersion(false);
        });
        config.jetty.addConnector((server, http) -> connector(server, http, port, tls));
        new LinkRoutes(links).addTo(config.routes);
        config.routes.before(request -> {
            request.status(404).contentType("text/plain; charset=utf-8").result(NOT_FOUND);
            request.skipRemainingHandlers();
        });
        config.routes.exception(Exception.class, (failure, request) -> {
            // Not its path, which holds a link.
            LOG.error("a page of an alert could not be answered", failure);
            request.status(500).result("");
        });
    }

    /** Whoever sends slowly, much or from many connections at once takes nothing but those from the others. */
    private static ServerConnector connector(
            Server server, HttpConfiguration http, int port, Optional<SslContextFactory.Server> tls) {
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        ServerConnector connector = tls.map(factory ->
                        new ServerConnector(server, new SslConnectionFactory(factory, plain.getProtocol()), plain))
                .orElseGet(() -> new ServerConnector(server, plain));
        if (tls.isEmpty()) {
            connector.setHost("127.0.0.1");
        }
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.addBean(new NetworkConnectionLimit(CONNECTIONS, connector));
        return connector;
    }

    /**
     * Shows another certificate to whoever connects from now on.
     *
     * @throws IllegalStateException when it cannot be used; the one before stays
     */
    public void renew(Identity identity) {
        tls.ifPresent(factory -> {
            try {
                factory.reload(identity::into);
            } catch (Exception e) {
                throw new IllegalStateException("the new certificate cannot be used: " + e.getMessage(), e);
            }
        });
    }

    /** The port it listens on. */
    public int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
