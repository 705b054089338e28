/** What the console shows, as JSON, and the page that shows it. */
@NullMarked
package dev.affray.cloud.console;

import org.jspecify.annotations.NullMarked;
