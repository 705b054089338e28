package dev.affray.cloud.local;

import dev.affray.cloud.console.link.LinkPage;
import dev.affray.cloud.local.pki.TlsFiles;
import dev.affray.cloud.local.web.PublicServer;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pages of alert links for other machines: opened as soon as that can be, with the certificate that is there. What stands in its way keeps nothing else
 * from running. Not thread-safe but for {@link #close}.
 */
final class PublicPage implements AutoCloseable {
    private final PublicAddress address;
    private final LinkPage links;
    private final Clock clock;
    private volatile @Nullable PublicServer server;
    private String version = "";
    private String doubt = "";
    private String complaint = "";

    PublicPage(PublicAddress address, LinkPage links, Clock clock) {
        this.address = address;
        this.links = links;
        this.clock = clock;
    }

    /**
     * Opens it, or takes up a certificate that was renewed. To be called again every minute or so.
     *
     * @return what is newly wrong, in one line; empty where all is well, or was told before
     */
    Optional<String> look() {
        String wrong;
        try {
            wrong = opened();
        } catch (IOException | IllegalStateException e) {
            wrong = String.valueOf(e.getMessage());
        }
        boolean told = wrong.equals(complaint);
        complaint = wrong;
        return told || wrong.isEmpty() ? Optional.empty() : Optional.of(wrong);
    }

    /** Whether it is served. */
    boolean isOpen() {
        return server != null;
    }

    private String opened() throws IOException {
        PublicServer now = server;
        TlsFiles files = address.tls().orElse(null);
        if (files == null) {
            if (now == null) {
                server = PublicServer.start(address.port(), Optional.empty(), links);
            }
            return "";
        }
        String found = files.version();
        if (now != null && found.equals(version)) {
            return doubt;
        }
        TlsFiles.Read read = files.read(address.url().getHost(), clock.instant());
        PublicServer.Identity identity = new PublicServer.Identity(read.keyStore(), read.password());
        if (now == null) {
            server = PublicServer.start(address.port(), Optional.of(identity), links);
        } else {
            now.renew(identity);
        }
        version = found;
        doubt = read.doubt().map(why -> why + "; browsers will warn of it").orElse("");
        return doubt;
    }

    @Override
    public void close() {
        PublicServer now = server;
        if (now != null) {
            now.close();
        }
    }
}
