package dev.affray.agent.check;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Names, ports and TLS, from here to each service. */
final class NetworkCheck {
    private final Duration patience;
    private final Clock clock;
    private final Map<String, List<InetAddress>> known = new HashMap<>();

    NetworkCheck(Duration patience, Clock clock) {
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * Looks the name up, once for all services on that host, then connects.
     *
     * @param identity with the gateway's certificate; null where that cannot be used
     */
    List<Finding> of(Service service, @Nullable SSLContext identity) {
        List<Finding> findings = new ArrayList<>();
        if (!known.containsKey(service.host())) {
            findings.add(dns(service));
        }
        List<InetAddress> addresses = known.getOrDefault(service.host(), List.of());
        String subject = (service.tls() ? "tls " : "tcp ") + service.address();
        findings.add(
                addresses.isEmpty()
                        ? Finding.skip(subject, "the name is not known, see above")
                        : connect(subject, service, addresses, identity));
        return findings;
    }

    private Finding dns(Service service) {
        String subject = "dns " + service.host();
        FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> InetAddress.getAllByName(service.host()));
        Thread.ofPlatform().daemon().name("dns").start(lookup);
        try {
            List<InetAddress> addresses = List.of(lookup.get(patience.toMillis(), TimeUnit.MILLISECONDS));
            known.put(service.host(), addresses);
            return Finding.ok(
                    subject, addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", ")));
        } catch (ExecutionException e) {
            known.put(service.host(), List.of());
            return Finding.fail(
                    subject,
                    "no name server knows the name",
                    "See whether " + service.setting() + " is written right, and which name server this machine asks.");
        } catch (TimeoutException e) {
            known.put(service.host(), List.of());
            return Finding.fail(
                    subject,
                    "no name server answered within " + patience.toSeconds() + " s",
                    "See whether this machine has a network, and which name server it asks.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.skip(subject, "interrupted");
        }
    }

    private Finding connect(
            String subject, Service service, List<InetAddress> addresses, @Nullable SSLContext identity) {
        long began = System.nanoTime();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(addresses.getFirst(), service.port()), (int) patience.toMillis());
            socket.setSoTimeout((int) patience.toMillis());
            if (!service.tls()) {
                return Finding.ok(subject, "connected in " + millis(began) + " ms, without TLS");
            }
            if (service.identity() && identity == null) {
                return Finding.skip(subject, "connected; TLS needs the certificate, see above");
            }
            return shake(subject, service, socket, identity, began);
        } catch (ConnectException e) {
            return Finding.fail(
                    subject,
                    "nobody listens there (connection refused)",
                    "See whether " + service.setting() + " and its port are right, and what the firewall lets out.");
        } catch (NoRouteToHostException e) {
            return Finding.fail(subject, "no way leads there", "See this machine's network and routes.");
        } catch (SocketTimeoutException e) {
            return Finding.fail(
                    subject,
                    "no answer within " + patience.toSeconds() + " s",
                    "Let the firewall pass TCP to port " + service.port() + ".");
        } catch (IOException e) {
            return Finding.fail(subject, String.valueOf(e.getMessage()), "See this machine's network.");
        }
    }

    private Finding shake(String subject, Service service, Socket socket, @Nullable SSLContext identity, long began)
            throws IOException {
        SSLContext context = service.identity() && identity != null ? identity : standard();
        try (SSLSocket tls =
                (SSLSocket) context.getSocketFactory().createSocket(socket, service.host(), service.port(), true)) {
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            return Finding.ok(
                    subject,
                    "connected in " + millis(began) + " ms, " + tls.getSession().getProtocol());
        } catch (SSLException e) {
            return Finding.fail(subject, "TLS failed: " + e.getMessage(), remedy(e, service));
        }
    }

    private String remedy(SSLException e, Service service) {
        if (cause(e, CertificateExpiredException.class) || cause(e, CertificateNotYetValidException.class)) {
            return "Set this machine's clock if it is wrong, it shows " + clock.instant()
                    + ". Else the server's certificate must be renewed.";
        }
        String message = String.valueOf(e.getMessage());
        if (message.contains("PKIX") || message.contains("trust")) {
            return service.identity()
                    ? "Whoever answers is not trusted: for AWS leave iot.authority out, else name the broker's authority there. A proxy that looks into TLS must let this host pass."
                    : "Whoever answers is not trusted. A proxy that looks into TLS must let this host pass.";
        }
        if (message.contains("No subject alternative") || message.contains("No name matching")) {
            return "The server's certificate is made out to another name: see " + service.setting() + ".";
        }
        if (message.contains("Received fatal alert")) {
            return "The server refuses the gateway's certificate: see whether it is active in AWS IoT.";
        }
        return "See whether port " + service.port() + " of " + service.host() + " speaks TLS.";
    }

    private static boolean cause(Throwable e, Class<? extends Throwable> type) {
        return Optional.ofNullable(e.getCause())
                .map(cause -> type.isInstance(cause) || cause(cause, type))
                .orElse(false);
    }

    private static SSLContext standard() throws SSLException {
        try {
            return SSLContext.getDefault();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new SSLException("this Java has no TLS", e);
        }
    }

    private static long millis(long beganNanos) {
        return (System.nanoTime() - beganNanos) / 1_000_000;
    }
}
