/** What people may ask of a gateway over MQTT, and what it answers. */
@NullMarked
package dev.affray.command;

import org.jspecify.annotations.NullMarked;
