package dev.affray.camera;

import java.time.ZoneId;

/**
 * The place a camera belongs to.
 *
 * @param name as people call it
 * @param zone its time zone: all times shown to people are in it
 * @param language in which its people are told
 */
public record Site(String name, ZoneId zone, Language language) {
    /** One whose people speak English. */
    public Site(String name, ZoneId zone) {
        this(name, zone, Language.ENGLISH);
    }
}
