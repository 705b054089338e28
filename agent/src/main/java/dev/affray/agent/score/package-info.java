/** The score of video files, and how it is shown. */
@NullMarked
package dev.affray.agent.score;

import org.jspecify.annotations.NullMarked;
