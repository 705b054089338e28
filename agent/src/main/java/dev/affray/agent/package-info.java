/** The gateway program: its command line, and the one place where its parts are wired. */
@NullMarked
package dev.affray.agent;

import org.jspecify.annotations.NullMarked;
