package dev.affray.cloud.local.mail;

import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A mail server on 127.0.0.1 that takes every mail, whoever it is for, and keeps it as a file, the same one for all its recipients. The file is
 * in place before the sender is answered; if it cannot be, the sender gets 451 and keeps the mail. Thread-safe.
 */
public final class Inbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    private static final Pattern ID = Pattern.compile("\\d{8}T\\d{9}-\\d{1,9}");
    private static final String SUFFIX = ".eml";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final int most;
    private final Clock clock;
    private final GreenMail server;
    private final NavigableMap<String, MailSummary> mails = new ConcurrentSkipListMap<>();
    private final AtomicLong evicted = new AtomicLong();
    private long number;
    private @Nullable MovingMessage last;

    private Inbox(Path folder, int port, int most, Clock clock) {
        this.folder = folder;
        this.most = most;
        this.clock = clock;
        this.server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    }

    /**
     * Reads what earlier runs kept and starts taking mail.
     *
     * @param folder holds the mails; made when absent
     * @param port 0 for any free one
     * @param most how many mails are kept; beyond that the oldest goes
     * @throws IOException when the folder cannot be read or the port is taken
     */
    public static Inbox start(Path folder, int port, int most, Clock clock) throws IOException {
        if (most < 1) {
            throw new IllegalArgumentException("most " + most + " is not positive");
        }
        Inbox inbox = new Inbox(Files.createDirectories(folder), port, most, clock);
        inbox.load();
        inbox.server.getUserManager().setMessageDeliveryHandler((message, recipient) -> {
            inbox.keepOnce(message);
            return new NoMailbox(recipient.getEmail());
        });
        try {
            inbox.server.start();
        } catch (RuntimeException e) {
            inbox.close();
            throw new IOException("cannot take mail on 127.0.0.1 port " + port + ": " + e.getMessage(), e);
        }
        return inbox;
    }

    /** The SMTP port it really has. */
    public int port() {
        return server.getSmtp().getPort();
    }

    /** All kept mails, newest first. */
    public List<MailSummary> list() {
        return List.copyOf(mails.descendingMap().values());
    }

    /**
     * One mail, taken apart; empty when there is none by that id.
     *
     * @throws IOException when its file cannot be read
     */
    public Optional<ParsedMail> read(String id) throws IOException {
        if (!ID.matcher(id).matches() || !mails.containsKey(id)) {
            return Optional.empty();
        }
        return Optional.of(MailReader.read(id, file(id)));
    }

    /** How many mails were removed since the start to make room. */
    public long evicted() {
        return evicted.get();
    }

    /** Takes no more mail; what is kept stays. Idempotent. */
    @Override
    public void close() {
        server.stop();
    }

    private Path file(String id) {
        return folder.resolve(id + SUFFIX);
    }

    private void load() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String id = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
                if (name.endsWith(SUFFIX) && ID.matcher(id).matches()) {
                    mails.put(id, MailReader.summary(id, file));
                } else if (name.endsWith(".tmp")) {
                    Files.deleteIfExists(file);
                }
            }
        }
        evict();
    }

    /** Called once per recipient, one after the other; the same message is kept once. */
    private synchronized void keepOnce(MovingMessage message) throws MessagingException {
        if (message == last) {
            return;
        }
        try {
            keep(message);
            last = message;
            evict();
        } catch (IOException e) {
            LOG.warn("A mail could not be kept and was refused: {}", e.toString());
            throw new UncheckedIOException(e);
        }
    }

    private void keep(MovingMessage message) throws MessagingException, IOException {
        String id;
        do {
            id = TIME.format(clock.instant()) + String.format(Locale.ROOT, "-%06d", ++number);
        } while (mails.containsKey(id));
        Path part = folder.resolve(id + ".tmp");
        try (OutputStream out = Files.newOutputStream(part)) {
            message.getMessage().writeTo(out);
        }
        Files.move(part, file(id), StandardCopyOption.ATOMIC_MOVE);
        mails.put(id, MailReader.summary(id, file(id)));
    }

    private void evict() throws IOException {
        while (mails.size() > most) {
            String oldest = mails.firstKey();
            Files.deleteIfExists(file(oldest));
            mails.remove(oldest);
            evicted.incrementAndGet();
        }
    }
}
