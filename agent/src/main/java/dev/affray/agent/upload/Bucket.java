package dev.affray.agent.upload;

import java.net.URI;
import java.util.Optional;

/**
 * Where frames are stored.
 *
 * @param name the bucket's
 * @param region the AWS region it is in
 * @param endpoint of another S3 than AWS's, addressed in path style
 */
public record Bucket(String name, String region, Optional<URI> endpoint) {}
