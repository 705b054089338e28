package dev.affray.cloud.local;

import dev.affray.cloud.local.pki.TlsFiles;
import java.net.URI;
import java.util.Optional;

/**
 * Where the pages of alert links are reached from other machines.
 *
 * @param url what links begin with, without a path
 * @param port where this machine listens for it
 * @param tls its certificate; then it listens on every address of the machine, else on 127.0.0.1 only, for a proxy that has one
 */
record PublicAddress(URI url, int port, Optional<TlsFiles> tls) {}
