package dev.affray.agent.upload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Reads S3's answers, and tells them from those of whatever else may answer on the way: a captive portal, a proxy, another server at the address. */
final class S3Answer {
    /** What is wrong with the frame itself. Anything else can be mended (permissions, keys, clocks, a missing bucket), and the frame waits for it. */
    private static final Set<String> HOPELESS = Set.of(
            "EntityTooLarge",
            "EntityTooSmall",
            "InvalidURI",
            "KeyTooLongError",
            "MetadataTooLarge",
            "UnexpectedContent");

    /** The credentials are of no use any more, whatever their expiry says. */
    private static final Set<String> CREDENTIALS = Set.of(
            "ExpiredToken", "ExpiredTokenException", "InvalidAccessKeyId", "InvalidToken", "TokenRefreshRequired");

    private S3Answer() {}

    /** Whether S3, or a server that speaks like it, gave this answer: each names its request. */
    static boolean isOfS3(SdkHttpResponse response) {
        return response.firstMatchingHeader("x-amz-request-id").isPresent();
    }

    /** What a 200 is worth. It counts only with S3's own marks on it, and the checksum of what was sent where it names one. */
    static UploadOutcome judge(PutObjectResponse response, byte[] sent) {
        return judge(response, checksum(sent));
    }

    /** The same, by the {@link #checksum} of what was sent. */
    static UploadOutcome judge(PutObjectResponse response, String sent) {
        if (!isOfS3(response.sdkHttpResponse()) || response.eTag() == null) {
            return new UploadOutcome.Retry("something else than S3 answered in its place, with "
                    + response.sdkHttpResponse().statusCode());
        }
        String checksum = response.checksumCRC32();
        return checksum == null || checksum.equals(sent)
                ? new UploadOutcome.Stored()
                : new UploadOutcome.Retry("S3 stored something else than was sent");
    }

    static UploadOutcome judge(S3Exception e) {
        String code = code(e);
        if (e.statusCode() == 412 && code.equals("PreconditionFailed")) {
            return new UploadOutcome.Stored();
        }
        String reason = "S3 answered " + (e.statusCode() + " " + code).strip();
        return HOPELESS.contains(code) ? new UploadOutcome.Rejected(reason) : new UploadOutcome.Retry(reason);
    }

    /** Whether other credentials may help. */
    static boolean isAboutCredentials(S3Exception e) {
        return CREDENTIALS.contains(code(e));
    }

    /** Whether another time in the signature may help. The client has learnt the right one from this very answer. */
    static boolean isAboutTime(S3Exception e) {
        return code(e).equals("RequestTimeTooSkewed");
    }

    /** S3's word for what is wrong; empty where it said none. */
    static String code(S3Exception e) {
        return e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null
                ? ""
                : e.awsErrorDetails().errorCode();
    }

    /** Of a file, as S3 tells it. */
    static String checksum(Path file) throws IOException {
        CRC32 crc = new CRC32();
        try (InputStream in = new CheckedInputStream(Files.newInputStream(file), crc)) {
            var _ = in.transferTo(OutputStream.nullOutputStream());
        }
        return text(crc);
    }

    private static String checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return text(crc);
    }

    private static String text(CRC32 crc) {
        return Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
