package dev.affray.agent.config;

import dev.affray.document.Fields;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The section {@code status} of agent.yaml. No name is looked up. */
final class StatusSection {
    private static final String OFF = "off";
    private static final Pattern LISTEN =
            Pattern.compile("(localhost|\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9A-Fa-f:.]+]):(\\d{1,5})");
    private static final String RULE = "'off' or ADDRESS:PORT, such as 127.0.0.1:9464, [::1]:9464 or localhost:0";

    private StatusSection() {}

    /** Where to listen; empty for not at all. */
    static Optional<InetSocketAddress> read(Fields fields) {
        boolean remote = fields.flag("allowRemote", false);
        Optional<String> listen = fields.optionalText("listen", 64);
        if (listen.isEmpty()) {
            return AgentConfig.DEFAULT_STATUS;
        }
        if (listen.get().equals(OFF)) {
            return Optional.empty();
        }
        Optional<InetSocketAddress> address = address(listen.get());
        if (address.isEmpty()) {
            fields.problem("listen", "'" + listen.get() + "' is not " + RULE);
        } else if (!address.get().getAddress().isLoopbackAddress() && !remote) {
            fields.problem(
                    "listen",
                    "'" + listen.get() + "' can be reached from other machines, and the page asks nobody who they are;"
                            + " add allowRemote: true beside it if that is wanted, or listen on 127.0.0.1");
        }
        return address;
    }

    private static Optional<InetSocketAddress> address(String text) {
        Matcher parts = LISTEN.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String host = parts.group(1).equals("localhost") ? "127.0.0.1" : parts.group(1);
        int port = Integer.parseInt(parts.group(2));
        try {
            InetAddress literal = InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", ""));
            return port > 65535 ? Optional.empty() : Optional.of(new InetSocketAddress(literal, port));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
