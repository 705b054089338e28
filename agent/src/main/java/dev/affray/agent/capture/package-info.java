/** From a camera to a JPEG. */
@NullMarked
package dev.affray.agent.capture;

import org.jspecify.annotations.NullMarked;
