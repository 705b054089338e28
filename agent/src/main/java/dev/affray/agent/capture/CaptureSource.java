package dev.affray.agent.capture;

import dev.affray.camera.Source;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where video comes from. */
public sealed interface CaptureSource {
    /** A network stream. */
    record Stream(URI url, Source.Transport transport, Optional<Login> login) implements CaptureSource {}

    /** A file on the gateway. */
    record LocalFile(Path path, boolean loop) implements CaptureSource {}
}
