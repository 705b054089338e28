package dev.affray.agent.iot;

import java.net.URI;

/**
 * The AWS IoT credentials provider endpoint.
 *
 * @param endpoint its https address, without a path
 * @param roleAlias which role to ask for
 */
public record CredentialsSource(URI endpoint, String roleAlias) {}
