package dev.affray.agent.capture;

import org.jspecify.annotations.Nullable;

/**
 * What a camera has given to do so far.
 *
 * @param packets of the video that were read
 * @param decoded pictures that were decoded, also those that were only looked at
 * @param largestLagMillis how late a packet was read at worst, see {@link PacketLag}; null while no packet tells
 * @param keptBytes packets that the gate keeps undecoded now
 */
public record CameraWork(
        long packets, long decoded, @Nullable Long largestLagMillis, long keptBytes) {}
