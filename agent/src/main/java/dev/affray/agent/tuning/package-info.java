/** Tries cameras out without any cloud: what they send, and what becomes of it. */
@NullMarked
package dev.affray.agent.tuning;

import org.jspecify.annotations.NullMarked;
