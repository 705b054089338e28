/** The Lambda function that AWS IoT's rules call with what gateways and shadows say. It translates and wires; what it means is decided in {@code Fleet}. */
@NullMarked
package dev.affray.cloud.fleet.lambda;

import org.jspecify.annotations.NullMarked;
