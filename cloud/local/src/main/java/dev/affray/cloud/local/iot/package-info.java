/** AWS IoT Core on one machine: the MQTT broker, topic rules, named shadows and the credentials endpoint. */
@NullMarked
package dev.affray.cloud.local.iot;

import org.jspecify.annotations.NullMarked;
