package dev.affray.cloud.local.queue;

/**
 * One delivery of a message.
 *
 * @param id the same at every delivery
 * @param body what was sent; anybody on this machine can send
 * @param receiveCount how often it has been delivered, this time included
 */
public record QueueMessage(String id, String body, int receiveCount) {}
