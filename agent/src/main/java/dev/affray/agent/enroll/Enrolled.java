package dev.affray.agent.enroll;

/**
 * What a gateway has to know once it is enrolled.
 *
 * @param certificateId its certificate, as AWS IoT calls it
 * @param dataEndpoint the host it speaks MQTT with
 * @param credentialsEndpoint the host it gets credentials from
 * @param region where all this is
 */
public record Enrolled(String certificateId, String dataEndpoint, String credentialsEndpoint, String region) {}
