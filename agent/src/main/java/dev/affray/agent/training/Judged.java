package dev.affray.agent.training;

/**
 * What a model that has seen nothing of its source made of a clip.
 *
 * @param value the margin, or once calibrated the probability: that of the clip's highest window
 */
record Judged(LabelledClip clip, double value) {}
