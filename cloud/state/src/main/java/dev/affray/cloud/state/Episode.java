package dev.affray.cloud.state;

import java.time.Instant;

/**
 * What was announced last of a group of neighbouring cameras: one incident leads, and those that fall into its time are updates of it.
 *
 * @param group which cameras
 * @param version grows by one with every change; 0 was never stored
 * @param lead the leading incident's id
 * @param camera {@code thing/camera} of the leading incident
 * @param from the first capture time of any of its incidents
 * @param through the last one known when it last changed
 */
public record Episode(String group, long version, String lead, String camera, Instant from, Instant through) {}
