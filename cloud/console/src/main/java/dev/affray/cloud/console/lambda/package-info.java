/** The page of alert links as a Lambda function behind an HTTP API. */
@NullMarked
package dev.affray.cloud.console.lambda;

import org.jspecify.annotations.NullMarked;
