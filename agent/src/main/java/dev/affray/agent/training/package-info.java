/** Trains the model of the score on labelled clips, and reports how well it does. */
@NullMarked
package dev.affray.agent.training;

import org.jspecify.annotations.NullMarked;
