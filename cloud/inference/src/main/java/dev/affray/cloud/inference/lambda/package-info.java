/**
 * The function of AWS: reads its environment, wires the core to DynamoDB, SQS and a detector once, and translates Lambda's events. The only importer of
 * Lambda's classes.
 */
@NullMarked
package dev.affray.cloud.inference.lambda;

import org.jspecify.annotations.NullMarked;
