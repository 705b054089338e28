/** Messages to programs, by signed HTTP requests. */
@NullMarked
package dev.affray.cloud.alerting.webhook;

import org.jspecify.annotations.NullMarked;
