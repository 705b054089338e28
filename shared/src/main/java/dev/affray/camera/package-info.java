/** The camera document (the shadow {@code camera-ID}), the gateway document, and what is reported about them. */
@NullMarked
package dev.affray.camera;

import org.jspecify.annotations.NullMarked;
