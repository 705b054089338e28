/**
 * The signed link of an alert: whoever holds it may look at one incident, and act on it, until it expires.
 *
 * <pre>
 * /i/TOKEN   TOKEN = incident id, key id (1 character), expiry (4), MAC (22)
 * </pre>
 */
@NullMarked
package dev.affray.cloud.state.link;

import org.jspecify.annotations.NullMarked;
