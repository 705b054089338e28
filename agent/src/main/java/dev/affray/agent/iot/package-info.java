/** AWS IoT: the MQTT connection, shadows and credentials; the only importer of the IoT SDK. */
@NullMarked
package dev.affray.agent.iot;

import org.jspecify.annotations.NullMarked;
