package dev.affray.cloud.local;

import dev.affray.camera.Language;
import dev.affray.cloud.local.mail.SmtpRelay;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one run of the local edition was asked for.
 *
 * @param cameras streams and files
 * @param fingerprints the only certificate that a camera may show, by its id: SHA-256 in hexadecimal digits
 * @param sample whether the synthetic sample camera plays too
 * @param loop whether files begin again at their end
 * @param data the folder for everything that is kept
 * @param port of the page
 * @param publicAddress where alert links are reached from other machines; absent where they lead to the page
 * @param smtp a server to send mail through; absent for the embedded inbox
 * @param mailFrom who mail comes from
 * @param recipients who is told
 * @param site what the place is called; absent where nobody said
 * @param zone its time zone; absent where nobody said
 * @param language in which its people are told; absent where nobody said
 * @param untilIdle whether to end when all files are played and everything is settled
 * @param report where to write the report
 * @param gateways besides the edition's own
 * @param detector what judges the frames
 * @param agentHome the agent's layout
 * @param keepDays how long frames and detections are kept
 * @param keepBytes how much frames may take
 * @param problems what was asked for and cannot run
 */
record Settings(
        List<CameraArgument> cameras,
        Map<String, String> fingerprints,
        boolean sample,
        boolean loop,
        Path data,
        int port,
        Optional<PublicAddress> publicAddress,
        Optional<SmtpServer> smtp,
        String mailFrom,
        Recipients recipients,
        Optional<String> site,
        Optional<ZoneId> zone,
        Optional<Language> language,
        boolean untilIdle,
        Optional<Path> report,
        NewGateways gateways,
        DetectorChoice detector,
        Path agentHome,
        int keepDays,
        long keepBytes,
        List<String> problems) {
    /**
     * A mail server.
     *
     * @param login the account on it; then the connection is protected: TLS on port 465, STARTTLS on any other
     */
    record SmtpServer(String host, int port, Optional<SmtpRelay.Login> login) {
        private static final int SMTPS = 465;

        SmtpRelay relay() {
            SmtpRelay.Security secured = port == SMTPS ? SmtpRelay.Security.TLS : SmtpRelay.Security.STARTTLS;
            return new SmtpRelay(
                    host, port, login.isPresent() || port == SMTPS ? secured : SmtpRelay.Security.NONE, login);
        }
    }
}
