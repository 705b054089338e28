package dev.affray.cloud.alerting.aws;

import dev.affray.cloud.alerting.Publisher.PublishException;
import dev.affray.cloud.alerting.Publisher.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** What a failure of the SDK means for a message. Texts name the service, its error code and what was to be done, never a key. */
public final class Failures {
    private Failures() {}

    /**
     * What it means.
     *
     * @param service the service's name
     * @param target what was to be used, such as a topic
     */
    public static PublishException of(SdkException e, String service, String target) {
        if (e instanceof AwsServiceException answer) {
            return answered(answer, service, target);
        }
        if (isUnconnected(e)) {
            return new PublishException(service + " cannot be reached: " + root(e), e);
        }
        if (isUnanswered(e)) {
            return new PublishException(Reason.UNANSWERED, service + " gave no answer: " + root(e), e);
        }
        return new PublishException(service + " cannot be called: " + root(e), e);
    }

    /** Whether a second try cannot repeat the message. */
    static boolean isSurelyNotTaken(Throwable e) {
        return isThrottled(e)
                || (e instanceof AwsServiceException answer && answer.statusCode() >= 500)
                || isUnconnected(e);
    }

    static boolean isThrottled(Throwable e) {
        return e instanceof AwsServiceException answer
                && (answer.isThrottlingException() || code(answer).equals("Throttled"));
    }

    private static PublishException answered(AwsServiceException e, String service, String target) {
        String code = code(e);
        String told = " (" + e.statusCode() + " " + code + ", request " + e.requestId() + ")";
        if (isThrottled(e)) {
            return new PublishException(service + " throttles" + told, e);
        }
        if (e.statusCode() == 403) {
            return new PublishException(service + " forbids to use " + target + told, e);
        }
        if (e.statusCode() == 404) {
            return new PublishException("there is no " + target + told, e);
        }
        if (code.startsWith("InvalidParameter")
                || code.equals("ValidationException")
                || code.equals("MessageRejected")) {
            return new PublishException(Reason.UNFIT, service + " does not take this message: " + message(e) + told, e);
        }
        return new PublishException(service + " failed" + told, e);
    }

    private static String code(AwsServiceException e) {
        return Optional.ofNullable(e.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .orElse("no code");
    }

    private static String message(AwsServiceException e) {
        return Optional.ofNullable(e.awsErrorDetails())
                .map(AwsErrorDetails::errorMessage)
                .orElse("no reason given");
    }

    private static boolean isUnconnected(Throwable e) {
        return causes(e)
                .anyMatch(c -> c instanceof ConnectException
                        || c instanceof NoRouteToHostException
                        || c instanceof UnknownHostException
                        || c instanceof SSLHandshakeException
                        || isConnectTimeout(c));
    }

    private static boolean isConnectTimeout(Throwable e) {
        return e instanceof SocketTimeoutException
                && String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).startsWith("connect");
    }

    private static boolean isUnanswered(Throwable e) {
        return causes(e)
                .anyMatch(c -> c instanceof ApiCallTimeoutException
                        || c instanceof ApiCallAttemptTimeoutException
                        || c instanceof IOException);
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, c -> c != null, Throwable::getCause).limit(10);
    }

    private static String root(Throwable e) {
        Throwable root = causes(e).reduce((_, cause) -> cause).orElse(e);
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}
