/**
 * The two Lambda functions: the reader of the heads' stream, and the minute tick. They wire and translate; what is announced and closed is decided in
 * {@code Alerting} and {@code Tick}. The only package that knows Lambda.
 */
@NullMarked
package dev.affray.cloud.alerting.lambda;

import org.jspecify.annotations.NullMarked;
