package dev.affray.cloud.local.mail;

import java.util.Optional;
import java.util.Properties;

/**
 * The server that takes the mails.
 *
 * @param host its name or address
 * @param port 25, 587 with STARTTLS, 465 with TLS
 * @param security what protects the connection; the server's certificate is checked against its name
 * @param login the account to send from, where one is needed
 */
public record SmtpRelay(String host, int port, Security security, Optional<Login> login) {
    private static final String TIMEOUT_MILLIS = "10000";

    /** @throws IllegalArgumentException when a login would travel unprotected, or the port is none */
    public SmtpRelay {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not 1 to 65535");
        }
        if (login.isPresent() && security == Security.NONE) {
            throw new IllegalArgumentException("a login needs security STARTTLS or TLS");
        }
    }

    /** What protects the connection. */
    public enum Security {
        NONE,
        STARTTLS,
        TLS
    }

    /** An account on the server. */
    public record Login(String user, String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    /** One without protection or login, as on this machine. */
    public static SmtpRelay plain(String host, int port) {
        return new SmtpRelay(host, port, Security.NONE, Optional.empty());
    }

    /** Jakarta Mail's settings, time-outs included. */
    Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("mail.transport.protocol", "smtp");
        properties.setProperty("mail.smtp.host", host);
        properties.setProperty("mail.smtp.port", Integer.toString(port));
        properties.setProperty("mail.smtp.localhost", "affray.localdomain");
        properties.setProperty("mail.smtp.connectiontimeout", TIMEOUT_MILLIS);
        properties.setProperty("mail.smtp.timeout", TIMEOUT_MILLIS);
        properties.setProperty("mail.smtp.writetimeout", TIMEOUT_MILLIS);
        properties.setProperty("mail.smtp.auth", Boolean.toString(login.isPresent()));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(security == Security.TLS));
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(security == Security.STARTTLS));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(security == Security.STARTTLS));
        return properties;
    }
}
