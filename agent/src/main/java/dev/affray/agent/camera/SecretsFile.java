package dev.affray.agent.camera;

import java.nio.file.Path;

/**
 * Where the secrets are.
 *
 * @param path of the file
 * @param credential whether systemd put it there ({@code LoadCredential=}): then it may belong to root, and its group may seem to have access
 */
public record SecretsFile(Path path, boolean credential) {}
