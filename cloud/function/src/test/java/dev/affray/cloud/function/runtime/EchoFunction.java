package dev.affray.cloud.function.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.affray.cloud.function.Environment;
import dev.affray.cloud.function.snapstart.Priming;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The smallest function: it answers with its event, throws on an empty one, and dies of {@code ["die"]}. */
public final class EchoFunction implements RequestStreamHandler {
    private static final Logger LOG = LoggerFactory.getLogger(EchoFunction.class);

    @SuppressWarnings("unused") // held, because the runtime only refers to it weakly
    private final Priming priming;

    private boolean primed;

    public EchoFunction() {
        Environment environment = Environment.of(System.getenv());
        environment.text("FIRST_TABLE");
        environment.whole("SOME_DAYS", 1, 10);
        environment.check();
        priming = Priming.before(() -> primed = true);
    }

    @Override
    public void handleRequest(InputStream event, OutputStream response, Context context) throws IOException {
        MDC.put("AWSRequestId", context.getAwsRequestId());
        String text = new String(event.readAllBytes(), StandardCharsets.UTF_8);
        switch (text) {
            case "{}" -> throw new IllegalArgumentException("the event is empty");
            case "[\"die\"]" -> Runtime.getRuntime().halt(3);
            default -> response.write(text.getBytes(StandardCharsets.UTF_8));
        }
        LOG.info("{} {}", primed ? "primed" : "not primed", System.getenv().containsKey("HOME") ? "HOME" : "no HOME");
    }
}
