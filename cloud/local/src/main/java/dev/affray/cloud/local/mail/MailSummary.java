package dev.affray.cloud.local.mail;

import java.time.Instant;

/**
 * A kept mail, in a list.
 *
 * @param id names it in this inbox
 * @param from decoded, as it says itself: anybody can claim to be anybody
 * @param to decoded, comma-separated
 * @param subject decoded, one line
 * @param date when it says it was sent, or when it came where it does not say
 * @param bytes its size
 */
public record MailSummary(String id, String from, String to, String subject, Instant date, long bytes) {}
