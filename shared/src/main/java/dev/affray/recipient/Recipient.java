package dev.affray.recipient;

/**
 * Somebody who is told.
 *
 * @param to a mail address, a number in E.164 or a URL, as the list says that it is in
 * @param filter of what
 */
public record Recipient(String to, Filter filter) {}
