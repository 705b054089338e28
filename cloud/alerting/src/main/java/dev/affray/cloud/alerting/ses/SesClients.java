package dev.affray.cloud.alerting.ses;

import dev.affray.cloud.alerting.aws.Calls;
import java.time.Duration;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.SesClientBuilder;

/** Clients of SES, within the bounds of {@link Calls}. */
public final class SesClients {
    private SesClients() {}

    /** A client whose region, endpoint and credentials come from the environment. */
    public static SesClient create() {
        return configured(SesClient.builder(), Calls.ONE_TRY, Calls.LONGEST).build();
    }

    static SesClientBuilder configured(SesClientBuilder builder, Duration oneTry, Duration longest) {
        return builder.httpClient(Calls.http(oneTry))
                .overrideConfiguration(settings -> Calls.bound(settings, oneTry, longest));
    }
}
