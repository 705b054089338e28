package dev.affray.cloud.local;

import dev.affray.cloud.inference.Cause;
import dev.affray.cloud.inference.Detector;
import dev.affray.frame.FrameKey;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A detector that looks only at frames that are in the store. In AWS a queue takes events from the bucket alone; here every program of the machine can
 * send to it, and must not raise an alarm with the name of a frame that nobody took.
 */
record StoredOnly(Detector detector, FrameStore frames) implements Detector {
    @Override
    public String name() {
        return detector.name();
    }

    @Override
    public Opinion judge(String bucket, FrameKey key) {
        try {
            return frames.exists(key.format())
                    ? detector.judge(bucket, key)
                    : new Opinion.Unusable("there is no such frame, or no longer");
        } catch (SdkException e) {
            return new Opinion.Later(Cause.FAILED, "the frame store does not answer: " + e.getMessage());
        }
    }
}
