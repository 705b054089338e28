/** What people ask of this gateway's cameras over MQTT: judged, bounded, done, answered and written down. */
@NullMarked
package dev.affray.agent.command;

import org.jspecify.annotations.NullMarked;
