/**
 * A batch of SQS messages: which must come again and when, and what is set aside in the dead-letter queue before it is acknowledged. The only importer of
 * the SDK for SQS.
 */
@NullMarked
package dev.affray.cloud.inference.sqs;

import org.jspecify.annotations.NullMarked;
