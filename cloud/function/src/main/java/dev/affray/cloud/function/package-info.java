/** What every Lambda function of Affray has: its settings from the environment, a structured log, metrics. */
@NullMarked
package dev.affray.cloud.function;

import org.jspecify.annotations.NullMarked;
