/** The gateway program as a child of the local edition: started, watched, started again, and never left behind. */
@NullMarked
package dev.affray.cloud.local.agent;

import org.jspecify.annotations.NullMarked;
