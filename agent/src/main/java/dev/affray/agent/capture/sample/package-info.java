/** The drawing of the synthetic sample camera: plain arithmetic on YUV planes, no native code. */
@NullMarked
package dev.affray.agent.capture.sample;

import org.jspecify.annotations.NullMarked;
