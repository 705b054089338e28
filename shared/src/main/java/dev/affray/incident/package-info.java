/** Incidents as every part of the system speaks of them. */
@NullMarked
package dev.affray.incident;

import org.jspecify.annotations.NullMarked;
