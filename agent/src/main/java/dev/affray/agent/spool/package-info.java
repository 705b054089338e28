/** The durable queue between capture and upload. */
@NullMarked
package dev.affray.agent.spool;

import org.jspecify.annotations.NullMarked;
