/**
 * The doctor: looks at everything a gateway needs, one finding a line, each with what to do. What needs a foreign SDK is asked of {@code iot}, {@code upload}
 * and {@code capture}; here is none.
 */
@NullMarked
package dev.affray.agent.check;

import org.jspecify.annotations.NullMarked;
