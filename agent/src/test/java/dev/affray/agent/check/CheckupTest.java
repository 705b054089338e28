package dev.affray.agent.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.agent.Main;
import dev.affray.agent.capture.Captures;
import dev.affray.agent.capture.RtspServer;
import dev.affray.agent.disk.DataFolder;
import dev.affray.agent.iot.Certificates;
import dev.affray.document.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The doctor, before a broker, a credentials endpoint, an S3 and cameras of which each may be ill. */
@Execution(ExecutionMode.CONCURRENT)
class CheckupTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private final List<Finding> found = new ArrayList<>();
    private Duration patience = Duration.ofSeconds(5);
    private CloudStandIn cloud;

    @BeforeEach
    void open() throws Exception {
        cloud = new CloudStandIn(folder);
    }

    @AfterEach
    void close() {
        cloud.close();
        assertThat(found).allSatisfy(finding -> assertThat(finding.toString()).doesNotContain(CloudStandIn.SECRET));
    }

    private CheckReport check(Path file, Clock clock, String... cameras) {
        Checkup.Options options =
                new Checkup.Options(List.of(cameras), false, patience, SECOND, SECOND.multipliedBy(3));
        return new Checkup(file, options, "test", clock, found::add).run();
    }

    private CheckReport check() throws IOException {
        return check(cloud.agentYaml(), Clock.systemUTC());
    }

    private Finding of(String subject) {
        return found.stream()
                .filter(finding -> finding.subject().startsWith(subject))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing about " + subject + " in " + found));
    }

    private void assertFound(String subject, Outcome outcome, String... words) {
        assertThat(of(subject).outcome()).as(of(subject).line()).isEqualTo(outcome);
        for (String word : words) {
            assertThat(of(subject).line()).contains(word);
        }
    }

    private void serve(String camera, String url) {
        cloud.broker.put("gateway", 1, "{\"cameras\":[\"" + camera + "\"]}");
        cloud.broker.put(
                "camera-" + camera,
                1,
                "{\"name\":\"Yard\",\"site\":{\"name\":\"School\",\"zone\":\"UTC\"},\"source\":{\"url\":\"" + url
                        + "\"}}");
    }

    @Test
    void findsNothingWrong_whereNothingIs() throws Exception {
        try (RtspServer camera = RtspServer.start(Captures.sample(6), 0, Map.of())) {
            serve("yard", camera.url());

            CheckReport report = check();

            assertThat(report.healthy()).as(found.toString()).isTrue();
            assertThat(found).extracting(Finding::outcome).as(found.toString()).containsOnly(Outcome.OK, Outcome.WARN);
            assertFound("certificate", Outcome.WARN, "expires in 1 days");
            assertFound("mqtt connect", Outcome.OK, "as gateway-1");
            assertFound("mqtt publish", Outcome.OK, "affray/gateway-1/presence");
            assertFound("shadow gateway", Outcome.OK, "names yard");
            assertFound("credentials", Outcome.OK, "role alias gateway, good for");
            assertFound("s3 get", Outcome.OK, "not allowed, and not needed");
            assertFound("camera yard", Outcome.OK, "h264 640x360", "a key picture every 2.0 s", "the first picture");
            assertThat(cloud.stored).containsExactly("/frames/clips/gateway-1/check");
            assertThat(folder.resolve("data"))
                    .as("what only looks makes no folder")
                    .doesNotExist();
        }
    }

    @Test
    void goesOn_whereOneThingFailsAndAnotherDoesNotHangOnIt() throws Exception {
        cloud.credentialsStatus = 403;
        serve("yard", "rtsp://127.0.0.1:" + closedPort() + "/stream");

        assertThat(check().healthy()).isFalse();

        assertFound("credentials", Outcome.FAIL, "answered 403", "iot:AssumeRoleWithCertificate");
        assertFound("s3 put", Outcome.SKIP, "there are no credentials, see above");
        assertThat(of("clock").works()).as("told by a refusal, too").isTrue();
        assertFound("mqtt connect", Outcome.OK);
        assertFound("camera yard", Outcome.FAIL, "connection refused", "RTSP is usually at 554");
    }

    private static int closedPort() throws IOException {
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return gone.getLocalPort();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NoSuchBucket, 404 NoSuchBucket, see s3.bucket",
        "AccessDenied, 403 AccessDenied, s3:PutObject on live/",
        "InvalidAccessKeyId, 403 InvalidAccessKeyId, of the same account"
    })
    void tellsWhyNothingCanBeStored(String code, String detail, String remedy) throws IOException {
        cloud.s3Error = code;

        check();

        assertFound("s3 put", Outcome.FAIL, detail, remedy);
        assertFound("s3 get", Outcome.SKIP, "nothing was written");
    }

    @ParameterizedTest
    @CsvSource({"7200, FAIL, ahead", "-30, WARN, behind"})
    void tellsByHowMuchTheClockIsWrong(long seconds, Outcome outcome, String way) throws IOException {
        check(cloud.agentYaml(), Clock.offset(Clock.systemUTC(), Duration.ofSeconds(seconds)));

        assertFound("clock", outcome, way, "timedatectl set-ntp true");
        Matcher found = Pattern.compile("clock: (\\d+) s").matcher(of("clock").line());
        assertThat(found.find()).isTrue();
        // The services tell whole seconds, and this machine may be busy.
        assertThat(Long.parseLong(found.group(1))).isBetween(Math.abs(seconds) - 10, Math.abs(seconds) + 10);
    }

    @Test
    void tellsACertificateThatHasExpired_andOneThatIsNotThatOfTheKey() throws Exception {
        Certificates.makeExpired(folder, "old");
        replace("old.pem", "gateway-1.pem");
        replace("old.key", "gateway-1.key");
        check();
        assertFound("certificate", Outcome.FAIL, "CN=old", "expired at", "enrolled again");

        found.clear();
        replace("cloud.pem", "gateway-1.pem");
        check();
        assertFound("certificate", Outcome.FAIL, "is not that of the certificate");
        assertFound("tls localhost", Outcome.SKIP, "TLS needs the certificate");
        assertFound("mqtt connect", Outcome.SKIP, "cannot be used, see above");
        assertFound("credentials", Outcome.SKIP);

        found.clear();
        Files.writeString(folder.resolve("gateway-1.key"), "-----BEGIN EC PRIVATE KEY-----\n" + CloudStandIn.SECRET);
        check();
        assertFound("certificate", Outcome.FAIL, "openssl pkcs8");
    }

    private void replace(String from, String to) throws IOException {
        Files.copy(folder.resolve(from), folder.resolve(to), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void tellsWhoeverIsNotTrusted() throws Exception {
        replace("gateway-1.pem", "cloud.pem");

        check();

        assertFound("tls localhost", Outcome.FAIL, "PKIX", "name the broker's authority");
        assertFound("mqtt connect", Outcome.SKIP);
    }

    @Test
    void tellsAHostThatNobodyKnows_andAPortWhereNobodyListens() throws Exception {
        Path file = cloud.agentYaml("broker.invalid", "");
        cloud.broker.close();

        check(file, Clock.systemUTC());
        assertFound("dns broker.invalid", Outcome.FAIL, "no name server", "iot.endpoint");
        assertFound("tls broker.invalid", Outcome.SKIP, "the name is not known");
        assertFound("credentials", Outcome.OK);

        found.clear();
        check();
        assertFound("tls localhost", Outcome.FAIL, "nobody listens there", "iot.endpoint");
        assertFound("mqtt connect", Outcome.SKIP);
    }

    @Test
    void tellsThatTheBrokerRefuses() throws Exception {
        cloud.broker.refuse(0x87);
        check();
        assertFound("mqtt connect", Outcome.FAIL, "NOT_AUTHORIZED", "iot:Connect");
        assertFound("mqtt publish", Outcome.SKIP, "not connected");

        found.clear();
        cloud.broker.refuse(0);
        cloud.broker.acknowledgeNothing();
        patience = SECOND.multipliedBy(2);
        check();
        assertFound("mqtt publish", Outcome.FAIL, "nobody acknowledged", "iot:Publish");
        assertFound("shadow gateway", Outcome.FAIL);
    }

    @Test
    void leavesARunningAgentItsConnection_andLooksAtTheCamerasThatWereLastInForce() throws Exception {
        String camera = """
                {"name":"Yard","site":{"name":"School","zone":"UTC"},"source":{"url":"rtsp://127.0.0.1:%d/"}}""".formatted(closedPort());
        keep("gateway", "{\"cameras\":[\"yard\",\"hall\"]}");
        keep("camera-yard", camera);
        try (DataFolder _ = DataFolder.open(folder.resolve("data"))) {
            check(cloud.agentYaml(), Clock.systemUTC(), "yard", "roof");
        }

        assertFound("mqtt connect", Outcome.SKIP, "the agent runs", "--disconnect");
        assertFound("camera yard", Outcome.FAIL, "connection refused");
        assertFound("camera roof", Outcome.FAIL, "does not name it", "yard, hall");
        assertThat(found).noneMatch(finding -> finding.subject().equals("camera hall"));
    }

    private void keep(String shadow, String document) throws IOException {
        Path file = Files.createDirectories(folder.resolve("data/shadows")).resolve(shadow + ".json");
        Files.writeString(
                file,
                "{\"version\":1,\"hash\":\"" + Json.hash(Json.tree(document)) + "\",\"document\":" + document + "}");
    }

    @Test
    void tellsADiskThatCannotBeWritten_orIsFull() throws Exception {
        check(cloud.agentYaml("localhost", "spool: {minFreeMegabytes: 100000000}"), Clock.systemUTC());
        assertFound("disk", Outcome.OK);
        assertFound("disk space", Outcome.FAIL, "it cannot grow", "spool.minFreeMegabytes");

        found.clear();
        Files.writeString(folder.resolve("data"), "a file");
        check();
        assertFound("disk", Outcome.FAIL, "is a file", "Name a folder in data");

        found.clear();
        Path yaml = cloud.agentYaml();
        Files.writeString(yaml, Files.readString(yaml).replace("data: data", "data: /proc/affray"));
        check(yaml, Clock.systemUTC());
        assertFound("disk", Outcome.FAIL, "/proc cannot be written");
    }

    @Test
    void tellsWhoElseCanReadTheKey_andSecretsThatCannotBeUsed() throws Exception {
        Files.setPosixFilePermissions(folder.resolve("gateway-1.key"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(folder.resolve("secrets.yaml"), "yard: {user: a, password: " + CloudStandIn.SECRET + "}");
        Path file = cloud.agentYaml("localhost", "secrets: secrets.yaml");
        serve("yard", "rtsp://127.0.0.1/\",\"secret\":\"secret:yard");

        check(file, Clock.systemUTC());

        assertFound("permissions", Outcome.WARN, "gateway-1.key", "chmod 600");
        assertFound("secrets", Outcome.FAIL, "chmod 600");
        assertFound("camera yard", Outcome.SKIP, "its login is in the secrets file");
    }

    @Test
    void tellsWhatIsWrongWithTheDocuments() throws Exception {
        check();
        assertFound("shadow gateway", Outcome.WARN, "there is none", "affray-agent cameras add --thing gateway-1");
        assertFound("cameras", Outcome.SKIP, "none is known");

        found.clear();
        serve("yard", "rtsp://user:word@127.0.0.1/");
        cloud.broker.put("gateway", 2, "{\"cameras\":[\"yard\",\"hall\"]}");
        check();
        assertFound("camera yard", Outcome.FAIL, "$.source.url", "affray-agent cameras set yard");
        assertFound("camera hall", Outcome.FAIL, "there is no document", "cameras add hall");
    }

    @Test
    void isACommand_withOneLineACheckOrOneDocument_andACodeForScripts() throws Exception {
        cloud.s3Error = "NoSuchBucket";
        Path file = cloud.agentYaml();

        StringWriter out = new StringWriter();
        assertThat(run(out, "--config", file.toString())).isEqualTo(1);
        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches("ok    certificate.*|warn  certificate.*"))
                .anyMatch(line -> line.startsWith("FAIL  s3 put: S3 answered 404 NoSuchBucket for frames. There is"))
                .last()
                .asString()
                .matches("\\d+ ok, \\d+ to mend, 1 failed, \\d+ skipped");

        StringWriter json = new StringWriter();
        assertThat(run(json, "--json", "--config", file.toString())).isEqualTo(1);
        JsonNode document = Json.tree(json.toString());
        assertThat(document.path("thing").asText()).isEqualTo("gateway-1");
        assertThat(document.path("healthy").asBoolean()).isFalse();
        assertThat(document.path("checks").findValuesAsText("subject")).contains("s3 put", "clock", "mqtt publish");

        Files.writeString(file, "thing: a/b\n");
        StringWriter refused = new StringWriter();
        assertThat(run(refused, "--config", file.toString())).isEqualTo(1);
        assertThat(refused.toString()).contains("FAIL  configuration: $.thing", "skip  everything else");
    }

    private static int run(StringWriter out, String... options) {
        List<String> args = new ArrayList<>(List.of("check"));
        args.addAll(List.of(options));
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
        return line.execute(args.toArray(String[]::new));
    }
}
