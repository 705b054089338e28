package dev.affray.cloud.local;

import dev.affray.camera.CameraDocument;
import dev.affray.camera.GatewayConfig;
import dev.affray.camera.VideoDevice;
import dev.affray.frame.CameraId;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One {@code --camera ID=URL}: a stream, whose user and password are taken out of the URL at once, or a file. */
sealed interface CameraArgument {
    /** The camera's id. */
    String id();

    /**
     * A stream, or a video device of this machine.
     *
     * @param url without user information
     * @param login what the URL carried
     */
    record Stream(String id, URI url, Optional<Login> login) implements CameraArgument {}

    /** A video file that can be read. */
    record File(String id, Path path) implements CameraArgument {}

    /** What a camera asks for. */
    record Login(String user, String password) {
        /** Hides the password. */
        @Override
        public String toString() {
            return "Login[user=" + user + ", password=***]";
        }
    }

    /** The argument cannot be used. The message is one line for the person who typed it, without any password. */
    final class BadArgument extends Exception {
        private static final long serialVersionUID = 1;

        BadArgument(String message) {
            super(message);
        }
    }

    /** Reads the argument's text. */
    static CameraArgument parse(String text) throws BadArgument {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new BadArgument("--camera " + shown(text)
                    + ": must be ID=URL, such as door=rtsp://192.0.2.7/stream or door=clip.mp4");
        }
        String id = text.substring(0, equals);
        String source = text.substring(equals + 1);
        if (!CameraId.isName(id)) {
            // It is not repeated: where a URL came without an id, it holds the login.
            throw new BadArgument(
                    "--camera " + shown(text) + ": what stands before = is no id, which is " + CameraId.NAME_RULE);
        }
        if (id.equals(CameraId.GATEWAY)) {
            throw new BadArgument("--camera " + shown(text) + ": the id " + id + " means the gateway itself");
        }
        if (id.length() > GatewayConfig.MAX_CAMERA_ID) {
            throw new BadArgument("--camera " + shown(text) + ": the id is longer than " + GatewayConfig.MAX_CAMERA_ID
                    + " characters");
        }
        Matcher scheme = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://.*").matcher(source);
        return scheme.matches() ? stream(id, source, scheme.group(1).toLowerCase(Locale.ROOT)) : file(id, source);
    }

    private static CameraArgument stream(String id, String source, String scheme) throws BadArgument {
        if (scheme.equals("file")) {
            return file(id, source.substring("file://".length()));
        }
        if (!CameraDocument.SCHEMES.contains(scheme)) {
            throw new BadArgument("camera " + id + ": the scheme '" + scheme + "' is not one of "
                    + String.join(", ", CameraDocument.SCHEMES) + ", and it is no file");
        }
        try {
            URI uri = new URI(source);
            if (VideoDevice.isMeant(uri)) {
                Optional<String> complaint = VideoDevice.complaint(uri);
                if (complaint.isPresent()) {
                    throw new BadArgument("camera " + id + ": " + shown(source) + " " + complaint.get());
                }
                return new Stream(id, uri, Optional.empty());
            }
            if (uri.getHost() != null) {
                String login = uri.getRawUserInfo();
                // By text, so that escapes in the path stay as they are.
                URI bare = login == null ? uri : new URI(source.replace("://" + login + "@", "://"));
                return new Stream(id, bare, login(login));
            }
        } catch (URISyntaxException e) {
            // Its message repeats the URL, and so the password.
        }
        throw new BadArgument("camera " + id + ": " + shown(source) + " is not a URL with a host"
                + (source.contains("@")
                        ? "; characters such as @ : / in a password must be written as %40 %3A %2F"
                        : ""));
    }

    private static Optional<Login> login(@Nullable String userInfo) {
        if (userInfo == null) {
            return Optional.empty();
        }
        int colon = userInfo.indexOf(':');
        String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
        String password = colon < 0 ? "" : userInfo.substring(colon + 1);
        return Optional.of(new Login(decoded(user), decoded(password)));
    }

    /** Percent-decoding without turning plus signs into spaces. */
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static CameraArgument file(String id, String source) throws BadArgument {
        Path path;
        try {
            path = Path.of(source).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new BadArgument("camera " + id + ": '" + source + "' is neither a URL nor a file name");
        }
        if (!Files.exists(path)) {
            throw new BadArgument("camera " + id + ": there is no file " + path);
        }
        if (!Files.isRegularFile(path)) {
            throw new BadArgument("camera " + id + ": " + path + " is not a file");
        }
        if (!Files.isReadable(path)) {
            throw new BadArgument("camera " + id + ": " + path + " may not be read by this user");
        }
        return new File(id, path);
    }

    private static String shown(String source) {
        return source.replaceAll("(?s)://.*@", "://***@");
    }
}
