package dev.affray.cloud.inference.sqs;

/**
 * One delivery of a message.
 *
 * @param id the same at every delivery
 * @param receiptHandle names this delivery
 * @param body what was sent
 * @param receiveCount how often it has been delivered, this time included; about right, as SQS counts
 */
public record Delivery(String id, String receiptHandle, String body, int receiveCount) {}
