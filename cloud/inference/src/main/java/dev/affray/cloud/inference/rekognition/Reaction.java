package dev.affray.cloud.inference.rekognition;

import dev.affray.cloud.inference.Cause;
import dev.affray.cloud.inference.Detector.Opinion;
import java.net.SocketTimeoutException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What an error of Rekognition means for the frame that was asked about. Only a picture that can never be judged is given up; whatever a person or time
 * can mend is asked again.
 *
 * <table>
 * <caption>Reactions</caption>
 * <tr><th>Rekognition says</th><th>The frame</th><th>What helps</th></tr>
 * <tr><td>ThrottlingException, ProvisionedThroughputExceededException, LimitExceededException</td><td>waits: THROTTLED</td><td>time; more inference units, a higher quota</td></tr>
 * <tr><td>ResourceNotReadyException</td><td>waits: MODEL_NOT_RUNNING</td><td>StartProjectVersion</td></tr>
 * <tr><td>AccessDeniedException, a status of 401 or 403, missing, unknown or expired credentials</td><td>waits: DENIED</td><td>the permission, the credentials</td></tr>
 * <tr><td>ResourceNotFoundException, InvalidParameterException, ValidationException</td><td>waits: MISCONFIGURED</td><td>the model's ARN</td></tr>
 * <tr><td>InvalidS3ObjectException</td><td>waits: UNREADABLE</td><td>s3:GetObject on the bucket; nothing when the object is gone</td></tr>
 * <tr><td>nothing in time</td><td>waits: SLOW</td><td>time</td></tr>
 * <tr><td>InternalServerError, any other error, no connection</td><td>waits: FAILED</td><td>time</td></tr>
 * <tr><td>InvalidImageFormatException, ImageTooLargeException</td><td>is set aside</td><td>nothing</td></tr>
 * </table>
 */
final class Reaction {
    private Reaction() {}

    /** The reaction to an exception of the SDK. */
    static Opinion to(SdkException e) {
        if (e instanceof AwsServiceException answer) {
            return to(answer);
        }
        if (isTimeout(e)) {
            return new Opinion.Later(Cause.SLOW, "Rekognition did not answer in time");
        }
        // The SDK has no type of its own for this.
        if (String.valueOf(e.getMessage()).contains("Unable to load credentials")) {
            return new Opinion.Later(Cause.DENIED, "there are no credentials to ask Rekognition with");
        }
        return new Opinion.Later(Cause.FAILED, "Rekognition cannot be asked: " + e.getMessage());
    }

    private static Opinion to(AwsServiceException e) {
        String code = code(e);
        return switch (code) {
            case "InvalidImageFormatException" ->
                new Opinion.Unusable("Rekognition can read only JPEG and PNG, and this is neither");
            case "ImageTooLargeException" -> new Opinion.Unusable("the picture is too large for Rekognition");
            case "ThrottlingException", "ProvisionedThroughputExceededException", "LimitExceededException" ->
                later(Cause.THROTTLED, code, "it passes; raise the quota or the model's inference units if it stays");
            case "ResourceNotReadyException" ->
                later(Cause.MODEL_NOT_RUNNING, code, "start the model (StartProjectVersion)");
            case "AccessDeniedException",
                    "ExpiredTokenException",
                    "ExpiredToken",
                    "UnrecognizedClientException",
                    "InvalidClientTokenId",
                    "InvalidSignatureException",
                    "MissingAuthenticationTokenException" ->
                later(Cause.DENIED, code, "grant the detector's action, or renew the credentials");
            case "ResourceNotFoundException", "InvalidParameterException", "ValidationException" ->
                later(Cause.MISCONFIGURED, code, "correct the model's ARN; it must be of this region");
            case "InvalidS3ObjectException" ->
                later(Cause.UNREADABLE, code, "the object is gone, or s3:GetObject on the bucket is missing");
            default -> unnamed(e, code);
        };
    }

    private static Opinion unnamed(AwsServiceException e, String code) {
        if (e.isThrottlingException()) {
            return later(Cause.THROTTLED, code, "it passes");
        }
        if (e.statusCode() == 401 || e.statusCode() == 403) {
            return later(Cause.DENIED, code, "grant the detector's action, or renew the credentials");
        }
        return later(Cause.FAILED, code, "it is asked again");
    }

    private static String code(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        String code = details == null ? null : details.errorCode();
        return code == null ? "status " + e.statusCode() : code;
    }

    /** Rekognition's own message is left out: it may name the account. */
    private static Opinion later(Cause cause, String code, String remedy) {
        return new Opinion.Later(cause, "Rekognition answers " + code + ": " + remedy);
    }

    private static boolean isTimeout(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ApiCallTimeoutException
                    || cause instanceof ApiCallAttemptTimeoutException
                    || cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }
}
