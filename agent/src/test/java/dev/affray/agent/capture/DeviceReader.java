package dev.affray.agent.capture;

import dev.affray.agent.capture.CaptureSource.Device;
import dev.affray.agent.capture.CaptureSource.LocalFile;
import dev.affray.camera.Source;
import dev.affray.camera.VideoDevice;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Reads a video device, and then a file, in a process of its own, and prints what came of it. */
final class DeviceReader {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private DeviceReader() {}

    /** @param arguments the URL of the device, and the file */
    public static void main(String[] arguments) {
        Ffmpeg.load();
        read(new Device(VideoDevice.of(URI.create(arguments[0])), Source.Decoder.SOFTWARE));
        read(new LocalFile(Path.of(arguments[1]), false));
    }

    private static void read(CaptureSource source) {
        int[] pictures = {0};
        try (Interrupt interrupt = new Interrupt();
                VideoInput input = VideoInput.openUnchecked(source, interrupt, PATIENCE.toNanos(), new Encounter())) {
            System.out.println(input.describe());
            VideoInput.Packet packet = VideoInput.Packet.OTHER;
            while (packet != VideoInput.Packet.END) {
                packet = Captures.read(input, (_, _) -> pictures[0]++);
            }
        } catch (CaptureException e) {
            System.out.println(e.reason());
        }
        System.out.println(pictures[0] + " pictures");
    }
}
