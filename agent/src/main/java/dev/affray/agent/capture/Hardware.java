package dev.affray.agent.capture;

import dev.affray.camera.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hardware that decodes for one camera thread. Its device is opened once and serves every decoder of the thread. What does not work is given up for good,
 * with a reason, and the next kind takes its place; when none is left, software does. For one thread, but for {@link #afterHang}.
 */
final class Hardware implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Camera.class);

    /** Hardware that worked may fail this often in a row: cameras send damaged packets, too. */
    private static final int MAX_FAILURES = 3;

    private final String camera;
    private final Devices devices;
    private volatile List<Accelerator> left;
    private volatile List<String> reasons;
    private @Nullable AVBufferRef device;
    private boolean proven;
    private int failures;
    private volatile boolean calling;
    private volatile String note = "";

    /** Opens devices of hardware. */
    interface Devices {
        /** @return a reference that the caller frees */
        AVBufferRef create(Accelerator kind) throws CaptureException;
    }

    /** @param wanted by the camera's document */
    Hardware(String camera, Source.Decoder wanted) {
        this(camera, Accelerator.of(wanted), List.of(), Hardware::create);
    }

    Hardware(String camera, List<Accelerator> kinds, List<String> reasons, Devices devices) {
        this.camera = camera;
        left = List.copyOf(kinds);
        this.reasons = List.copyOf(reasons);
        this.devices = devices;
        describe();
    }

    /** Software alone. */
    static Hardware none() {
        return new Hardware("", Source.Decoder.SOFTWARE);
    }

    /** What is to be tried next, or is in use; empty when software decodes. */
    Optional<Accelerator> kind() {
        return left.isEmpty() ? Optional.empty() : Optional.of(left.getFirst());
    }

    /** What people are to know of it, to be put after the description of a stream; empty where nothing but software was wanted. */
    String note() {
        return note;
    }

    /**
     * A new reference to the device of the kind in use, which is opened when it is first asked for.
     *
     * @throws CaptureException when it cannot be opened
     */
    AVBufferRef device() throws CaptureException {
        Accelerator kind = left.getFirst();
        AVBufferRef open = device;
        if (open == null) {
            open = devices.create(kind);
            device = open;
        }
        return avutil.av_buffer_ref(open);
    }

    /** A picture came out of this kind; of no interest once that was given up. */
    void works(Accelerator kind) {
        if (!isCurrent(kind)) {
            return;
        }
        failures = 0;
        if (!proven) {
            proven = true;
            describe();
            LOG.info("camera {}: {} decodes", camera, kind);
        }
    }

    /** Whether a picture ever came out of it. */
    boolean isProven() {
        return proven;
    }

    /** A decoder of this kind was closed that got no picture out of it. Before the first picture ever, once is enough to give it up. */
    void failed(Accelerator kind) {
        if (isCurrent(kind)) {
            failures++;
            if (!proven || failures >= MAX_FAILURES) {
                giveUp(kind, "gives no picture");
            }
        }
    }

    /** This kind is not used again. Decoders made of it may still be open. */
    void giveUp(Accelerator kind, String reason) {
        if (!isCurrent(kind)) {
            return;
        }
        left = left.subList(1, left.size());
        reasons =
                Stream.concat(reasons.stream(), Stream.of(kind + " " + reason)).toList();
        closeDevice();
        proven = false;
        failures = 0;
        describe();
        String next = left.isEmpty() ? "software decodes instead" : "trying " + left.getFirst();
        LOG.warn("camera {}: {} {}; {}", camera, kind, reason, next);
    }

    /** A call into a driver begins: it may hang. */
    void enter() {
        calling = true;
    }

    /** It came back. */
    void leave() {
        calling = false;
    }

    /** For the thread that takes the place of one that hangs: without the hardware, where it is the one that hangs. May be called by another thread. */
    Hardware afterHang() {
        Hardware next = new Hardware(camera, left, reasons, devices);
        if (calling) {
            next.kind().ifPresent(kind -> next.giveUp(kind, "did not come back from a call"));
        }
        return next;
    }

    @Override
    public void close() {
        closeDevice();
    }

    private boolean isCurrent(Accelerator kind) {
        return !left.isEmpty() && left.getFirst() == kind;
    }

    private void closeDevice() {
        if (device != null) {
            avutil.av_buffer_unref(device);
            device = null;
        }
    }

    private void describe() {
        if (proven) {
            note = ", " + left.getFirst() + " decoder";
        } else {
            note = left.isEmpty() && !reasons.isEmpty() ? ", software decoder: " + String.join("; ", reasons) : "";
        }
    }

    private static AVBufferRef create(Accelerator kind) throws CaptureException {
        Ffmpeg.takeLastLine();
        AVBufferRef device = new AVBufferRef(null);
        int result = avutil.av_hwdevice_ctx_create(device, kind.deviceType, (String) null, (AVDictionary) null, 0);
        if (result < 0) {
            throw CaptureException.passing(
                    RenderNodes.complaint(kind).orElseGet(() -> "cannot be opened: " + Ffmpeg.reason(result)));
        }
        return device;
    }
}
