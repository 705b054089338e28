/** Counters, and the health document made of them. */
@NullMarked
package dev.affray.agent.health;

import org.jspecify.annotations.NullMarked;
