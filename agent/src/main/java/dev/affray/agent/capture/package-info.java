/** From a camera's video to JPEG frames: opening, demuxing, decoding, sampling and encoding with FFmpeg's libraries. */
@NullMarked
package dev.affray.agent.capture;

import org.jspecify.annotations.NullMarked;
