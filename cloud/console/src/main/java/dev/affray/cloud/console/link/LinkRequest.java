package dev.affray.cloud.console.link;

/**
 * What a host got, untrusted as it came. A body is nothing that the page would read.
 *
 * @param method such as {@code GET}
 * @param path what follows {@code /i/}, as it was sent
 * @param done the query parameter of this name, empty where there is none: what the page itself asked the browser to come back with
 * @param languages the header {@code Accept-Language}, empty where there is none
 */
public record LinkRequest(String method, String path, String done, String languages) {}
