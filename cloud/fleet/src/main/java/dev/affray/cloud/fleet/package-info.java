/** Shadow documents, health and presence, from their messages into the camera table. */
@NullMarked
package dev.affray.cloud.fleet;

import org.jspecify.annotations.NullMarked;
