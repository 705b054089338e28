/** The agent's data folder, and small files replaced whole. */
@NullMarked
package dev.affray.agent.disk;

import org.jspecify.annotations.NullMarked;
