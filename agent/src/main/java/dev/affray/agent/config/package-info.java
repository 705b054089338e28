/** agent.yaml, read strictly: every problem at once. */
@NullMarked
package dev.affray.agent.config;

import org.jspecify.annotations.NullMarked;
