package dev.affray.agent.camera;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.agent.capture.CaptureSource;
import dev.affray.camera.CameraConfig;
import dev.affray.camera.CameraDocument;
import dev.affray.camera.Sampling;
import dev.affray.camera.Source;
import dev.affray.camera.VideoDevice;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides where a camera's video comes from: a file named on the command line, else its document's source with the secret it names. A secret goes only to
 * the hosts it is meant for.
 *
 * @param files by camera, from the command line
 * @param loop whether files are played again and again
 * @param speed how many times faster than in real time
 * @param secrets of this gateway
 */
public record Sources(Map<String, Path> files, boolean loop, double speed, Secrets secrets) {
    private static final String SECRET_PREFIX = "secret:";

    public Sources {
        files = Map.copyOf(files);
    }

    /** Files are played in real time. */
    public Sources(Map<String, Path> files, boolean loop, Secrets secrets) {
        this(files, loop, 1, secrets);
    }

    /** Reads a camera's document and decides on its source: whole or not at all. */
    public Reading<CameraPlan> read(String camera, JsonNode desired) {
        return switch (CameraDocument.read(desired)) {
            case Reading.Refused<CameraConfig>(List<Problem> problems) -> new Reading.Refused<>(problems);
            case Reading.Accepted<CameraConfig>(CameraConfig config) -> plan(camera, config);
        };
    }

    private Reading<CameraPlan> plan(String camera, CameraConfig config) {
        Path file = files.get(camera);
        if (file != null) {
            return new Reading.Accepted<>(new CameraPlan(config, new CaptureSource.LocalFile(file, loop, speed)));
        }
        return config.source()
                .map(source -> stream(config, source))
                .orElseGet(() -> refused(
                        "$.source", "is missing; only a camera that was given a file with --source goes without"));
    }

    private Reading<CameraPlan> stream(CameraConfig config, Source source) {
        URI url = URI.create(source.url());
        if (VideoDevice.isMeant(url)) {
            return new Reading.Accepted<>(
                    new CameraPlan(config, new CaptureSource.Device(VideoDevice.of(url), source.decoder())));
        }
        if (source.secret().isEmpty()) {
            return accepted(config, url, source, Optional.empty());
        }
        String name = source.secret().get().substring(SECRET_PREFIX.length());
        Optional<Secrets.Secret> secret = secrets.of(name);
        if (secret.isEmpty()) {
            return refused("$.source.secret", "names '" + name + "', which is not in this gateway's secrets file");
        }
        if (!secret.get().mayGoTo(url.getHost())) {
            return refused(
                    "$.source.secret",
                    "'" + name + "' may not be sent to " + url.getHost()
                            + "; add the host to its hosts in the gateway's secrets file if it should be");
        }
        return accepted(
                config,
                url,
                source,
                Optional.of(new CaptureSource.Login(
                        secret.get().user(), secret.get().password())));
    }

    private static Reading<CameraPlan> accepted(
            CameraConfig config, URI url, Source source, Optional<CaptureSource.Login> login) {
        return new Reading.Accepted<>(new CameraPlan(
                config,
                new CaptureSource.Stream(
                        url,
                        source.transport(),
                        login,
                        source.fingerprint(),
                        still(config.sampling()),
                        source.decoder())));
    }

    /** A still picture is asked for as often as frames are taken while something happens, and every five seconds at least, to see whether it is still there. */
    private static Duration still(Sampling sampling) {
        return Duration.ofMillis((long) Math.min(5000, 1000 / sampling.activeFps()));
    }

    private static Reading<CameraPlan> refused(String path, String message) {
        return new Reading.Refused<>(List.of(new Problem(path, message)));
    }
}
