package dev.affray.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.affray.agent.health.Ledgers;
import dev.affray.agent.spool.BootClock;
import dev.affray.agent.spool.DiskSpool;
import dev.affray.agent.spool.Fsync;
import dev.affray.agent.spool.SpoolBounds;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import dev.affray.health.FrameCounts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The uploader against a real HTTP server that answers what S3 may answer. */
class UploaderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** What the server does with the next request; 200 when it has no plan. */
    private record Answer(int status, String code) {
        static final int RESET = -1;
        static final int SILENCE = -2;
    }

    private record Put(String path, String ifNoneMatch, String contentType) {}

    @TempDir
    Path data;

    private final Ledgers ledgers = new Ledgers();
    private final AtomicLong nanos = new AtomicLong(1_000_000_000);
    private final ConcurrentLinkedQueue<Answer> plan = new ConcurrentLinkedQueue<>();
    private final List<Put> stored = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private OptionalLong cap = OptionalLong.empty();
    private HttpServer server;
    private DiskSpool spool;
    private S3Frames s3;
    private Uploader uploader;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        BootClock clock = new BootClock(Clock.systemUTC(), nanos::get, Optional.empty());
        spool = DiskSpool.open(data, "gateway-1", SpoolBounds.DEFAULT, Fsync.NEVER, ledgers, clock);
        s3 = s3(PATIENCE);
    }

    private S3Frames s3(Duration patience) {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new S3Frames(
                new Bucket("frames", "eu-central-1", Optional.of(endpoint)),
                StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "key")),
                _ -> false,
                8,
                patience,
                Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        if (uploader != null) {
            uploader.close();
        }
        s3.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Answer answer = plan.poll();
        if (answer != null && answer.status() == Answer.RESET) {
            exchange.close();
            return;
        }
        if (answer != null && answer.status() == Answer.SILENCE) {
            return;
        }
        if (answer == null) {
            assertThat(body).isNotEmpty();
            stored.add(new Put(
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("If-None-Match"),
                    exchange.getRequestHeaders().getFirst("Content-Type")));
            exchange.getResponseHeaders().add("ETag", "\"0\"");
            exchange.getResponseHeaders().add("x-amz-request-id", "1");
            exchange.sendResponseHeaders(200, -1);
        } else {
            byte[] error = ("<Error><Code>" + answer.code() + "</Code></Error>").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), error.length);
            exchange.getResponseBody().write(error);
        }
        exchange.close();
    }

    private String add() throws IOException {
        byte[] jpeg = {(byte) 0xFF, (byte) 0xD8, 1, 2, 3, (byte) 0xFF, (byte) 0xD9};
        return spool.add("yard", Clock.systemUTC().instant(), OptionalInt.of(42), jpeg)
                .name();
    }

    private void upload(int workers) {
        upload(workers, _ -> Duration.ofSeconds(20));
    }

    private void upload(int workers, Function<String, Duration> maxLag) {
        Duration pause = Duration.ofMillis(1);
        uploader = new Uploader(spool, s3, new UploadLimits(workers, cap), maxLag, pause, pause);
        uploader.start();
    }

    private FrameCounts settled() {
        await().until(spool::isEmpty);
        return ledgers.of("yard").counts();
    }

    @Test
    void storesAFrameOnceUnderItsKey() throws Exception {
        String name = add();
        upload(2);

        assertThat(settled().uploaded()).isOne();
        assertThat(stored).singleElement().satisfies(put -> {
            assertThat(put.path()).startsWith("/frames/live/gateway-1/yard/").endsWith("/" + name + ".jpg");
            FrameKey key = FrameKey.parse(put.path().substring("/frames/".length()));
            assertThat(key.line()).isEqualTo(Line.LIVE);
            assertThat(put.ifNoneMatch()).isEqualTo("*");
            assertThat(put.contentType()).isEqualTo("image/jpeg");
        });
    }

    @Test
    void sendsTheNewestFirst_andWhatIsOlderThanMaxLagToTheBacklog() throws Exception {
        String old = add();
        nanos.addAndGet(Duration.ofSeconds(21).toNanos());
        String fresh = add();
        upload(1);

        settled();
        assertThat(stored)
                .extracting(Put::path)
                .satisfiesExactly(
                        first -> assertThat(first).contains("/live/", fresh),
                        second -> assertThat(second).contains("/backlog/", old));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "500, InternalError",
        "503, SlowDown",
        "429, TooManyRequests",
        "403, AccessDenied",
        "401, Unauthorized",
        "400, ExpiredToken",
        "400, RequestTimeout",
        "400, KMS.DisabledException",
        "400, InvalidRequest",
        "404, NoSuchBucket",
        "405, MethodNotAllowed",
        "411, MissingContentLength",
        "413, ''",
        "414, ''",
        "409, ConditionalRequestConflict",
        "-1, reset",
        "-2, silence",
    })
    void triesAgain_whenItMayWorkLater(int status, String code) throws Exception {
        plan.add(new Answer(status, code));
        plan.add(new Answer(status == Answer.SILENCE ? 500 : status, code));
        add();
        upload(1);

        assertThat(settled()).isEqualTo(new FrameCounts(1, 0, 0, 1, 0, 1, 0, 0, 0, 0));
        assertThat(plan).isEmpty();
        assertThat(stored).hasSize(1);
    }

    /** A second's worth and a half at the cap, which many workers without one send at once. */
    @Test
    void sendsNoFasterThanTheCapAllows_andLiveFramesFirst() throws Exception {
        cap = OptionalLong.of(100_000);
        byte[] jpeg = new byte[15_000];
        for (int i = 0; i < 10; i++) {
            spool.add("yard", Clock.systemUTC().instant(), OptionalInt.empty(), jpeg);
        }
        nanos.addAndGet(Duration.ofSeconds(21).toNanos());
        long began = System.nanoTime();
        upload(8);
        await().until(() -> stored.size() >= 3);
        add();

        settled();
        long took = System.nanoTime() - began;
        assertThat(took).isGreaterThan(Duration.ofMillis(1200).toNanos());
        assertThat(stored).hasSize(11);
        int live = stored.stream()
                .map(Put::path)
                .toList()
                .indexOf(stored.stream()
                        .map(Put::path)
                        .filter(path -> path.contains("/live/"))
                        .findFirst()
                        .orElseThrow());
        assertThat(live).as("it did not wait for the backlog").isLessThan(10);
    }

    @Test
    void givesTheFrameBackAndGoesOn_whenMemoryRunsOutForAMoment() throws Exception {
        AtomicBoolean first = new AtomicBoolean(true);
        add();
        upload(1, _ -> {
            if (first.getAndSet(false)) {
                throw new OutOfMemoryError("for a moment");
            }
            return Duration.ofSeconds(20);
        });

        assertThat(settled().uploaded()).isOne();
    }

    @Test
    void takesAnObjectThatIsThereAlreadyForStored() throws Exception {
        plan.add(new Answer(412, "PreconditionFailed"));
        add();
        upload(1);

        assertThat(settled().uploaded()).isOne();
        assertThat(stored).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"400, EntityTooLarge", "400, KeyTooLongError", "413, EntityTooLarge"})
    void setsAFrameAsideThatCanNeverBeStored_andGoesOnWithTheNext(int status, String code) throws Exception {
        plan.add(new Answer(status, code));
        add();
        String refused = add();
        upload(1);

        assertThat(settled()).isEqualTo(new FrameCounts(2, 0, 0, 2, 0, 1, 0, 1, 0, 0));
        assertThat(data.resolve("aside/yard/" + refused + ".jpg")).exists();
    }

    @Test
    void countsAFrameWhoseFileIsGone() throws Exception {
        Files.delete(data.resolve("spool/yard/" + add() + ".jpg"));
        upload(1);

        assertThat(settled().setAside()).isOne();
    }

    @Test
    void setsAFrameAside_whoseFileAloneCannotBeRead_andGoesOnWithTheNext() throws Exception {
        add();
        Path damaged = data.resolve("spool/yard/" + add() + ".jpg");
        Files.delete(damaged);
        Files.createDirectory(damaged);
        upload(1);

        assertThat(settled()).isEqualTo(new FrameCounts(2, 0, 0, 2, 0, 1, 0, 0, 1, 0));
    }

    @Test
    void keepsTheFrames_whileNoFileCanBeRead() throws Exception {
        add();
        Path folder = data.resolve("spool/yard");
        Path hidden = Files.move(folder, data.resolve("hidden"));
        Files.createSymbolicLink(folder, Files.createFile(data.resolve("no-folder")));
        Path mended = Files.createSymbolicLink(data.resolve("mended"), hidden);
        upload(1);
        await().during(Duration.ofMillis(500))
                .until(() -> ledgers.of("yard").counts().pending() == 1);
        Files.move(mended, folder, StandardCopyOption.ATOMIC_MOVE);

        assertThat(settled()).isEqualTo(new FrameCounts(1, 0, 0, 1, 0, 1, 0, 0, 0, 0));
    }

    @Test
    void stopsWithinSeconds_alsoWhenNoAnswerComesForAnyOfManyFrames() throws Exception {
        for (int i = 0; i < 8; i++) {
            plan.add(new Answer(Answer.SILENCE, ""));
            add();
        }
        s3.close();
        s3 = s3(Duration.ofMinutes(1));
        upload(8);
        await().until(() -> spool.take(Duration.ZERO, _ -> Duration.ZERO).isEmpty());
        long began = System.nanoTime();
        uploader.close();
        uploader = null;

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void stopsWithoutLosingWhatIsUnderWay() throws Exception {
        for (int i = 0; i < 20; i++) {
            add();
        }
        for (int i = 0; i < 1000; i++) {
            plan.add(new Answer(500, "InternalError"));
        }
        upload(2);
        await().until(() -> plan.size() < 990);
        uploader.close();

        FrameCounts counts = ledgers.of("yard").counts();
        assertThat(counts).isEqualTo(new FrameCounts(20, 0, 0, 20, 0, 0, 0, 0, 0, 20));
        try (var files = Files.list(data.resolve("spool/yard"))) {
            assertThat(files).hasSize(20);
        }
    }
}
