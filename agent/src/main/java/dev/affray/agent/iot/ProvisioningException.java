package dev.affray.agent.iot;

/** Why AWS IoT gave no certificate, or registered none. */
public final class ProvisioningException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean harmless;

    ProvisioningException(String message, boolean harmless) {
        super(message);
        this.harmless = harmless;
    }

    /** Whether nothing has come of it; otherwise the answer was lost, and nobody here knows. */
    public boolean leftNothing() {
        return harmless;
    }
}
