package dev.affray.agent.capture;

/** A camera's user name and password. */
public record Login(String user, String password) {
    @Override
    public String toString() {
        return "Login[redacted]";
    }
}
