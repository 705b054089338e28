/**
 * Makes a gateway known to AWS IoT with an administrator's credentials, once. The only importer of the client for AWS IoT's control plane; what the
 * running gateway says to AWS IoT is in {@code iot}.
 */
@NullMarked
package dev.affray.agent.enroll;

import org.jspecify.annotations.NullMarked;
