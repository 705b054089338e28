package dev.affray.cloud.alerting.sns;

import dev.affray.cloud.alerting.aws.Calls;
import java.time.Duration;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.SnsClientBuilder;

/** Clients of SNS, within the bounds of {@link Calls}. */
public final class SnsClients {
    private SnsClients() {}

    /** A client whose region, endpoint and credentials come from the environment. */
    public static SnsClient create() {
        return configured(SnsClient.builder(), Calls.ONE_TRY, Calls.LONGEST).build();
    }

    static SnsClientBuilder configured(SnsClientBuilder builder, Duration oneTry, Duration longest) {
        return builder.httpClient(Calls.http(oneTry))
                .overrideConfiguration(settings -> Calls.bound(settings, oneTry, longest));
    }
}
