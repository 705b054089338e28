package dev.affray.agent.tuning;

import dev.affray.agent.capture.Access;
import dev.affray.agent.capture.Access.Certificate;
import dev.affray.agent.capture.Access.Trust;
import dev.affray.agent.capture.Probed;
import java.util.Locale;
import java.util.Optional;

/** What a person can do about a camera of which there is no video. */
final class Remedy {
    private Remedy() {}

    /**
     * In one or two sentences; empty where the reason says it all.
     *
     * @param login whether one was at hand
     */
    static Optional<String> of(Probed.Nothing nothing, boolean login) {
        Access access = nothing.access();
        Certificate certificate = access.certificate();
        String reason = nothing.reason().toLowerCase(Locale.ROOT);
        if (certificate != null && certificate.trust() == Trust.NONE) {
            return Optional.of(
                    "If the camera's own pages show the same fingerprint, trust that certificate alone: --fingerprint "
                            + certificate.sha256());
        }
        if (reason.contains("401")) {
            return Optional.of(
                    login
                            ? "It refused the login. Check user and password in the secrets file; many cameras lock a user out for some minutes after several wrong ones."
                            : "It asks for a login. Write one into a secrets file and add: --secrets FILE --secret NAME");
        }
        if (reason.contains("403")) {
            return Optional.of(
                    "The login is right, but this user may not watch. Give it the right to view live video.");
        }
        if (reason.contains("404")) {
            return Optional.of(
                    "The camera is there, but has nothing at this path. Its manual names it; ONVIF Device Manager and the like show it.");
        }
        if (reason.contains("no secure connection")) {
            return Optional.of("This port may not speak TLS: try rtsp or http, or the camera's port for TLS.");
        }
        if (reason.contains("no route")) {
            return Optional.of(
                    "Nothing is at that address, as seen from here. Is this machine in the camera's network?");
        }
        if (reason.contains("connection refused")) {
            return Optional.of(
                    "Something is at that address, but not at that port. RTSP is usually at 554: is it switched on?");
        }
        if (reason.contains("without an answer")) {
            return Optional.of(
                    "That port may not be the one for RTSP, which is usually 554; or the camera serves no more connections.");
        }
        if (reason.contains("resolved")) {
            return Optional.of("Check the name; the camera's IP address works too.");
        }
        if (reason.contains("timed out")) {
            return Optional.of(
                    "Nothing answers. Check the address, the network and the firewall between here and there.");
        }
        if (reason.contains("not a video")) {
            return Optional.of("This URL may be that of the camera's pages. Its manual names that of the stream.");
        }
        return Optional.empty();
    }
}
