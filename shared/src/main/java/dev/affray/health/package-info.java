/** The health document a gateway publishes. */
@NullMarked
package dev.affray.health;

import org.jspecify.annotations.NullMarked;
