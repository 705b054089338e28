/** Who a gateway is: its key pair, made here and never sent, its certificate, and the request for one. The only importer of Bouncy Castle; knows no AWS. */
@NullMarked
package dev.affray.agent.identity;

import org.jspecify.annotations.NullMarked;
