package dev.affray.cloud.local.iot;

/** Makes a gateway's keys. Called by several threads at once. */
@FunctionalInterface
public interface Mint {
    /** New keys for that gateway's prefixes and no other. */
    Credentials mint(String thing);
}
