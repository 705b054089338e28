/** What the gateway itself makes of a picture: whether it differs from the last one sent, and how much moves in it. */
@NullMarked
package dev.affray.agent.gate;

import org.jspecify.annotations.NullMarked;
