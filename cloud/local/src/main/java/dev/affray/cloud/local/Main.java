package dev.affray.cloud.local;

import dev.affray.camera.Language;
import dev.affray.cloud.local.mail.SmtpRelay;
import dev.affray.recipient.RecipientFields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the local edition. */
@Command(
        name = "affray-local",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Affray on one machine, without any account: cameras in, fight alerts out by mail.",
        footer = {
            "",
            "Without --camera the synthetic sample camera plays. Ctrl-C stops everything; the next start goes on with the same data.",
            "",
            "  affray-local --camera door=rtsp://user:password@192.0.2.7/stream1 --smtp mail.example.org:25 --mail-to guard@example.org",
            "  affray-local --camera a=clip.mp4 --camera b=other.mp4 --until-idle --report report.json",
            "",
            "Exit status: 0 stopped or settled, 1 it could not run or not settle, 2 the command line is wrong."
        })
public final class Main implements Callable<Integer> {
    private static final Pattern HOST_AND_PORT = Pattern.compile("(.+):(\\d{1,5})");
    private static final long GIGABYTE = 1_000_000_000L;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--camera",
            paramLabel = "ID=URL",
            description =
                    "A camera: rtsp://, rtsps://, http://, https://, v4l2:///dev/video0, or a video file. May be given several times.")
    private List<String> cameras = List.of();

    @Option(
            names = "--fingerprint",
            paramLabel = "ID=SHA256",
            description = {
                "The certificate of a camera on rtsps:// or https:// that made its own. May be given several times.",
                "Without it the certificate must be one that Java trusts, made out to the camera's host."
            })
    private List<String> fingerprints = List.of();

    @Option(names = "--sample", description = "Play the synthetic sample camera beside the others.")
    private boolean sample;

    @Option(names = "--loop", description = "Begin files again at their end.")
    private boolean loop;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where everything is kept. Default: $XDG_DATA_HOME/affray or ~/.local/share/affray.")
    private @Nullable Path data;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Port of the page on 127.0.0.1; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Mixin
    private PublicOptions publicly = new PublicOptions();

    @Option(
            names = "--smtp",
            paramLabel = "HOST:PORT",
            description = {
                "Send mail through this server. Default: an inbox of its own, shown on the page.",
                "An account on it is taken from AFFRAY_SMTP_USER and AFFRAY_SMTP_PASSWORD; the connection is then protected by"
                        + " STARTTLS, or TLS on port 465."
            })
    private @Nullable String smtp;

    @Mixin
    private RecipientOptions recipients = new RecipientOptions();

    @Option(
            names = "--mail-from",
            paramLabel = "ADDRESS",
            description =
                    "Who the alerts come from. Default: the account on the mail server where it is an address, else affray@localhost.")
    private @Nullable String mailFrom;

    @Option(
            names = "--site",
            paramLabel = "NAME",
            description = "What the place is called. Default: as it was, and for a new camera This site.")
    private @Nullable String site;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description =
                    "Its time zone, such as Europe/Berlin. Default: as it was, and for a new camera this machine's.")
    private @Nullable String zone;

    @Option(
            names = "--language",
            paramLabel = "LANGUAGE",
            description = "In which its people are told: en or es. Default: as it was, and for a new camera en.")
    private @Nullable String language;

    @Mixin
    private DetectorOptions detectors = new DetectorOptions();

    @Mixin
    private GatewayOptions gateways = new GatewayOptions();

    @Option(
            names = "--until-idle",
            description = "Play each file once in real time, wait until every frame is settled, and end.")
    private boolean untilIdle;

    @Option(names = "--report", paramLabel = "FILE", description = "Write what the run came to, as JSON, when it ends.")
    private @Nullable Path report;

    @Option(
            names = "--keep-days",
            paramLabel = "N",
            defaultValue = "7",
            description = "How long frames are kept. Default: ${DEFAULT-VALUE}.")
    private int keepDays;

    @Option(
            names = "--keep-gb",
            paramLabel = "N",
            defaultValue = "20",
            description = "How much frames may take; the oldest go first. Default: ${DEFAULT-VALUE}.")
    private int keepGigabytes;

    @Option(
            names = "--agent",
            paramLabel = "DIR",
            description = "The agent's layout. Default: the one beside this program.")
    private @Nullable Path agent;

    private final List<String> problems = new ArrayList<>();

    /** Runs and exits. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs; returns the exit status. */
    static int run(String... args) {
        CommandLine command = new CommandLine(new Main());
        command.setParameterExceptionHandler((e, _) -> {
            e.getCommandLine().getErr().println("affray-local: " + e.getMessage() + "; see affray-local --help");
            return 2;
        });
        return command.execute(args);
    }

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = settings();
        settings.problems().forEach(problem -> System.err.println("affray-local: " + problem));
        if (settings.cameras().isEmpty() && !settings.sample()) {
            System.err.println("affray-local: no camera is left that could run");
            return 1;
        }
        try (Run run = Run.start(settings)) {
            return settings.untilIdle() ? run.untilIdle() : run.untilStopped();
        } catch (IOException | UncheckedIOException | IllegalStateException | IllegalArgumentException e) {
            System.err.println("affray-local: " + e.getMessage());
            return 1;
        }
    }

    private Settings settings() {
        List<CameraArgument> usable = usableCameras();
        boolean playSample = sample || cameras.isEmpty();
        if (untilIdle && loop) {
            throw wrong("--until-idle and --loop exclude each other: a file that begins again never ends");
        }
        if (untilIdle && usable.stream().anyMatch(c -> c instanceof CameraArgument.Stream)) {
            throw wrong("--until-idle works with files only: a stream never ends");
        }
        if (port < 0 || port > 65535) {
            throw wrong("--port " + port + " is not 0 to 65535");
        }
        if (keepDays < 1 || keepGigabytes < 1) {
            throw wrong("--keep-days and --keep-gb must be at least 1");
        }
        return new Settings(
                usable,
                parsed(() -> Fingerprints.of(fingerprints, usable)),
                playSample,
                loop,
                data == null ? defaultData() : data.toAbsolutePath().normalize(),
                port,
                parsed(publicly::choice),
                Optional.ofNullable(smtp).map(this::smtpServer),
                sender(),
                parsed(() -> recipients.choice(smtp != null, System.getenv())),
                Optional.ofNullable(site).map(this::siteName),
                Optional.ofNullable(zone).map(this::zoneId),
                Optional.ofNullable(language).map(this::languageOf),
                untilIdle,
                Optional.ofNullable(report).map(this::writable),
                parsed(gateways::choice),
                parsed(detectors::choice),
                agentHome(),
                keepDays,
                keepGigabytes * GIGABYTE,
                List.copyOf(problems));
    }

    private List<CameraArgument> usableCameras() {
        List<CameraArgument> usable = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (String text : cameras) {
            try {
                CameraArgument camera = CameraArgument.parse(text);
                if (camera.id().equals(Run.SAMPLE) && sample) {
                    problems.add("camera " + camera.id() + ": the id is taken by --sample");
                } else if (ids.add(camera.id())) {
                    usable.add(camera);
                } else {
                    problems.add("camera " + camera.id() + ": the id is given twice; the first one runs");
                }
            } catch (CameraArgument.BadArgument e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        return usable;
    }

    /** What a part of the command line comes to. */
    private <T> T parsed(Supplier<T> part) {
        try {
            return part.get();
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private Settings.SmtpServer smtpServer(String text) {
        Matcher matcher = HOST_AND_PORT.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65535 || text.contains("@")) {
            throw wrong("--smtp '" + text + "' is not HOST:PORT, such as mail.example.org:25");
        }
        return new Settings.SmtpServer(matcher.group(1), Integer.parseInt(matcher.group(2)), smtpLogin());
    }

    /** From the environment, since a command line can be read by every user of the machine. */
    private static Optional<SmtpRelay.Login> smtpLogin() {
        String user = System.getenv("AFFRAY_SMTP_USER");
        String password = System.getenv("AFFRAY_SMTP_PASSWORD");
        return user == null || user.isBlank()
                ? Optional.empty()
                : Optional.of(new SmtpRelay.Login(user, password == null ? "" : password));
    }

    private String sender() {
        String from = mailFrom;
        if (from != null) {
            return parsed(() -> RecipientOptions.email("--mail-from", from));
        }
        return smtpLogin()
                .map(SmtpRelay.Login::user)
                .filter(RecipientFields::isEmail)
                .orElse("affray@localhost");
    }

    private String siteName(String name) {
        if (name.isBlank() || name.length() > 64) {
            throw wrong("--site must have 1 to 64 characters");
        }
        return name;
    }

    private ZoneId zoneId(String name) {
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw wrong("--zone '" + name + "' is not an IANA time zone such as Europe/Berlin");
        }
        return ZoneId.of(name);
    }

    private Language languageOf(String code) {
        return Arrays.stream(Language.values())
                .filter(known -> known.code().equals(code))
                .findFirst()
                .orElseThrow(() -> wrong("--language '" + code + "' is not en or es"));
    }

    private Path writable(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path folder = absolute.getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder) || Files.isDirectory(absolute)) {
            throw wrong("--report " + file + " cannot be written: " + folder
                    + " is not a folder that this user may write to");
        }
        return absolute;
    }

    private Path agentHome() {
        Path home = agent == null ? beside() : agent.toAbsolutePath().normalize();
        if (!Files.isDirectory(home.resolve("lib"))) {
            throw wrong("the agent is not at " + home + "; name its folder with --agent DIR");
        }
        return home;
    }

    /** {@code agent} in this program's own layout, whose {@code lib} holds the jar this class came from. */
    private static Path beside() {
        try {
            Path jar = Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return jar.resolve("../../agent").normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("cannot tell where this program is", e);
        }
    }

    private static Path defaultData() {
        String xdg = System.getenv("XDG_DATA_HOME");
        Path base = xdg == null || xdg.isBlank()
                ? Path.of(System.getProperty("user.home"), ".local", "share")
                : Path.of(xdg);
        return base.resolve("affray").toAbsolutePath().normalize();
    }

    private ParameterException wrong(String message) {
        if (spec == null) {
            throw new IllegalStateException(message);
        }
        return new ParameterException(spec.commandLine(), message);
    }
}
