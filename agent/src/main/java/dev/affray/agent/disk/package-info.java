/** Files the agent reads and keeps: the data folder, small files replaced whole. */
@NullMarked
package dev.affray.agent.disk;

import org.jspecify.annotations.NullMarked;
