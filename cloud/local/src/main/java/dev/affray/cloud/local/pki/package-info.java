/** The local certificate authority: the server's certificate, the gateways' certificates, and files that only their owner may read. */
@NullMarked
package dev.affray.cloud.local.pki;

import org.jspecify.annotations.NullMarked;
