package dev.affray.agent.training;

import java.nio.file.Path;

/**
 * A clip of which somebody said whether it shows a fight.
 *
 * @param name its folder and file name, such as {@code fight/fi001.mp4}
 * @param source what it was cut from: clips of one source are much alike
 */
public record LabelledClip(Path file, String name, boolean fight, String source) {}
