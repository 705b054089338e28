package dev.affray.camera;

import java.time.ZoneId;

/**
 * The place a camera belongs to.
 *
 * @param name as people call it
 * @param zone its time zone: all times shown to people are in it
 */
public record Site(String name, ZoneId zone) {}
