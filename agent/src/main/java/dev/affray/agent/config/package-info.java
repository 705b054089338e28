/** agent.yaml and the secrets file, read strictly: every problem at once. */
@NullMarked
package dev.affray.agent.config;

import org.jspecify.annotations.NullMarked;
