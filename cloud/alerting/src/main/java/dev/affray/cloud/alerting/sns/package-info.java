/** Alerts through SNS: one publish to one topic, with a body for each kind of receiver. The only package that knows the SDK of SNS. */
@NullMarked
package dev.affray.cloud.alerting.sns;

import org.jspecify.annotations.NullMarked;
