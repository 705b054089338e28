package dev.affray.agent.capture;

import dev.affray.camera.Source;
import dev.affray.camera.VideoDevice;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a camera's video comes from, credentials included. Its text forms never show them. */
public sealed interface CaptureSource {
    /** What people are shown: enough to find the camera by, without credentials. */
    String display();

    /** Where it is, for others to see: without path and query. */
    default String host() {
        return display();
    }

    /** What is to decode it. */
    default Source.Decoder decoder() {
        return Source.Decoder.SOFTWARE;
    }

    /**
     * A stream from the network.
     *
     * @param url rtsp, rtsps, http or https, without user information
     * @param transport how RTP travels; only RTSP has a choice
     * @param login what the camera asks for
     * @param fingerprint SHA-256 of the only certificate it may show, 64 lower-case hexadecimal digits
     * @param still how long to wait between two requests, where the URL is that of a still picture
     * @param decoder what is to decode it
     */
    record Stream(
            URI url,
            Source.Transport transport,
            Optional<Login> login,
            Optional<String> fingerprint,
            Duration still,
            Source.Decoder decoder)
            implements CaptureSource {
        private static final List<String> SCHEMES = List.of("rtsp", "rtsps", "http", "https");

        /** @throws IllegalArgumentException when the URL has another scheme, no host, or user information */
        public Stream {
            if (url.getScheme() == null
                    || !SCHEMES.contains(url.getScheme().toLowerCase(Locale.ROOT))
                    || url.getHost() == null) {
                throw new IllegalArgumentException("url: must be rtsp, rtsps, http or https and name a host");
            }
            if (url.getRawAuthority().indexOf('@') >= 0) {
                throw new IllegalArgumentException("url: must carry no user name or password; use a secret");
            }
        }

        /** One without a pinned certificate, decoded in software; a still picture is asked for four times a second. */
        public Stream(URI url, Source.Transport transport, Optional<Login> login) {
            this(url, transport, login, Optional.empty(), Duration.ofMillis(250), Source.Decoder.SOFTWARE);
        }

        String scheme() {
            return url.getScheme().toLowerCase(Locale.ROOT);
        }

        boolean rtsp() {
            return scheme().startsWith("rtsp");
        }

        /** Without the query, where some cameras take a password. */
        @Override
        public String display() {
            String path = url.getRawPath() == null ? "" : url.getRawPath();
            return scheme() + "://" + url.getRawAuthority() + path;
        }

        @Override
        public String host() {
            return url.getRawAuthority();
        }

        @Override
        public String toString() {
            return display();
        }
    }

    /** A video device of this machine, and what is to decode it. */
    record Device(VideoDevice device, Source.Decoder decoder) implements CaptureSource {
        @Override
        public String display() {
            return device.path();
        }
    }

    /**
     * A video file.
     *
     * @param path a regular file
     * @param loop whether it begins again at its end
     * @param speed how many times faster than in real time it is played, as far as this machine can; 1 or more, and 1 with {@code loop}
     */
    record LocalFile(Path path, boolean loop, double speed) implements CaptureSource {
        /** Faster than this no machine is. */
        public static final double MAX_SPEED = 100;

        /** @throws IllegalArgumentException when the speed is out of bounds, or does not go with the loop */
        public LocalFile {
            if (!(speed >= 1 && speed <= MAX_SPEED) || (loop && speed != 1)) {
                throw new IllegalArgumentException("speed: must be 1 to " + MAX_SPEED + ", and 1 with loop");
            }
        }

        /** One that is played in real time. */
        public LocalFile(Path path, boolean loop) {
            this(path, loop, 1);
        }

        @Override
        public String display() {
            return path.toString();
        }
    }

    /**
     * A user name and password.
     *
     * @param user without a colon, which neither Basic nor Digest authentication can carry
     * @param password any text
     */
    record Login(String user, String password) {
        /** @throws IllegalArgumentException when the user name holds a colon */
        public Login {
            if (user.indexOf(':') >= 0) {
                throw new IllegalArgumentException("user: must not contain a colon");
            }
        }

        @Override
        public String toString() {
            return "Login[user=" + user + ", password=***]";
        }
    }
}
