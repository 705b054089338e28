package dev.affray.agent.status;

import dev.affray.health.CertificateHealth;
import dev.affray.health.GatewayHealth;
import dev.affray.health.SpoolHealth;
import dev.affray.health.SpoolState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the page says of the gateway itself. */
final class GatewayFacts {
    private static final double LARGE_SKEW_SECONDS = 2;
    private static final int FEW_DAYS = 14;

    private GatewayFacts() {}

    /** @param tone {@code warn}, {@code bad} or nothing */
    record Fact(String name, String text, String tone) {
        Fact(String name, String text) {
            this(name, text, "");
        }
    }

    static List<Fact> of(GatewayStatus status) {
        GatewayHealth gateway = status.report().gateway();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Up", Words.of(status.up()) + ", since " + Words.of(gateway.startedAt())));
        facts.add(status.connected()
                .map(time -> new Fact("MQTT", "connected for " + Words.of(time)))
                .orElse(new Fact("MQTT", "not connected", "bad")));
        facts.add(clock(gateway.clockSkewMillis()));
        facts.add(spool(gateway));
        facts.add(new Fact("Disk", Words.bytes(gateway.diskFreeBytes()) + " free"));
        facts.add(certificate(gateway.certificate(), status.report().sentAt()));
        facts.add(new Fact("Process", process(gateway)));
        if (gateway.clipBytes() != null && gateway.clipBytes() > 0) {
            facts.add(new Fact("Clips", Words.bytes(gateway.clipBytes()) + " of video in memory"));
        }
        return facts;
    }

    private static Fact clock(@Nullable Long skewMillis) {
        if (skewMillis == null) {
            return new Fact("Clock", "not compared with the cloud's yet");
        }
        double seconds = skewMillis / 1000.0;
        if (Math.abs(skewMillis) < 100) {
            return new Fact("Clock", "as the cloud's, to a tenth of a second");
        }
        return new Fact(
                "Clock",
                String.format(
                        Locale.ROOT, "%.1f s %s the cloud's", Math.abs(seconds), seconds < 0 ? "behind" : "ahead of"),
                Math.abs(seconds) > LARGE_SKEW_SECONDS ? "warn" : "");
    }

    private static Fact spool(GatewayHealth gateway) {
        String used = Words.bytes(gateway.spoolBytes()) + " of " + Words.bytes(gateway.spoolMaxBytes());
        SpoolHealth spool = gateway.spool();
        if (spool == null || spool.state() == SpoolState.OK) {
            return new Fact("Spool", used);
        }
        String state = spool.state().name().toLowerCase(Locale.ROOT);
        return new Fact(
                "Spool",
                used + "; " + state + (spool.detail() == null ? "" : ": " + spool.detail()),
                spool.state() == SpoolState.EVICTING ? "warn" : "bad");
    }

    private static Fact certificate(@Nullable CertificateHealth certificate, Instant now) {
        if (certificate == null) {
            return new Fact("Certificate", "cannot be read", "bad");
        }
        long days = Duration.between(now, certificate.endsAt()).toDays();
        boolean over = certificate.endsAt().isBefore(now);
        String text = over
                ? "expired " + Words.of(certificate.endsAt())
                : "good for " + days + " days, until " + Words.of(certificate.endsAt());
        if (certificate.renewalTriedAt() != null) {
            text += certificate.renewalProblem() == null
                    ? "; renewed " + Words.of(certificate.renewalTriedAt())
                    : "; not renewed " + Words.of(certificate.renewalTriedAt()) + ": " + certificate.renewalProblem();
        }
        boolean soon = days < FEW_DAYS || certificate.renewalProblem() != null;
        return new Fact("Certificate", text, over ? "bad" : soon ? "warn" : "");
    }

    private static String process(GatewayHealth gateway) {
        String cpu = String.format(Locale.ROOT, "%.1f %% of a core", gateway.cpuPercent());
        return gateway.memoryBytes() == null ? cpu : Words.bytes(gateway.memoryBytes()) + " memory, " + cpu;
    }
}
