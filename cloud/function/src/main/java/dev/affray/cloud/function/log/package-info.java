/** SLF4J's provider inside a function: one JSON object a line on standard output, where Lambda takes the log from. */
@NullMarked
package dev.affray.cloud.function.log;

import org.jspecify.annotations.NullMarked;
