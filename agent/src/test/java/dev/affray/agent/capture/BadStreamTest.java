package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.affray.health.CameraState;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that change, break or lie, from a real socket. The first law holds after each. */
@Execution(ExecutionMode.CONCURRENT)
class BadStreamTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Captures captures = new Captures("bad");

    @AfterEach
    void everySamplingInstantIsInTheBooks() {
        captures.assertLaw();
    }

    private static void soon(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(30)).until(condition);
    }

    private static String detail(Camera camera) {
        return String.valueOf(camera.status().detail());
    }

    private BufferedImage picture(int number) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(captures.frames.get(number).jpeg));
    }

    @Test
    void goesOnInTheNewSize_whenTheResolutionChanges() throws Exception {
        byte[] film = Films.then(Films.ts("320x240", 25), Films.ts("640x360", 25));
        try (HttpFeed feed = HttpFeed.live(film, 2);
                Camera camera = captures.camera(feed.stream(), 10)) {
            camera.start();
            soon(() -> String.valueOf(camera.status().source()).startsWith("h264 640x360"));
            int before = captures.frames.size();
            soon(() -> captures.frames.size() > before + 2);
            assertThat(camera.status().reconnects()).isZero();
        }
        assertThat(picture(0).getHeight()).isEqualTo(240);
        assertThat(picture(captures.frames.size() - 1).getHeight()).isEqualTo(180);
    }

    @Test
    void goesOnWithTheNewDecoder_whenTheCodecChanges() throws Exception {
        byte[] film = Films.then(Films.film("320x240", 25, "-c:v mpeg2video -g 12", "mpegts"), Films.ts("640x360", 25));
        try (HttpFeed feed = HttpFeed.live(film, 3);
                Camera camera = captures.camera(feed.stream(), 10)) {
            camera.start();
            soon(() -> String.valueOf(camera.status().source()).startsWith("mpeg2video 320x240"));
            soon(() -> String.valueOf(camera.status().source()).startsWith("h264 640x360"));
            int before = captures.frames.size();
            soon(() -> captures.frames.size() > before + 2);
            assertThat(camera.status().reconnects()).isZero();
        }
    }

    @Test
    void goesOn_whenThePictureRateChanges() throws Exception {
        byte[] film = Films.then(Films.ts("320x240", 25), Films.ts("320x240", 5), Films.ts("320x240", 50));
        try (HttpFeed feed = HttpFeed.live(film, 2);
                Camera camera = captures.camera(feed.stream(), 10)) {
            camera.start();
            soon(() -> captures.frames.size() >= 12);
            assertThat(camera.status().state()).isEqualTo(CameraState.STREAMING);
            assertThat(camera.status().reconnects()).isZero();
        }
        assertThat(captures.frames).extracting(f -> f.capturedAt).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void countsWhatCannotBeDecoded_andGoesOn_whenBitsAreWrong() throws Exception {
        byte[] film = Films.then(Films.ts("320x240", 25), damaged(Films.ts("320x240", 25)), Films.ts("320x240", 25));
        try (HttpFeed feed = HttpFeed.live(film, 2);
                Camera camera = captures.camera(feed.stream(), 10)) {
            camera.start();
            soon(() -> camera.status().decodeErrors() > 0);
            int before = captures.frames.size();
            soon(() -> captures.frames.size() > before + 2);
            assertThat(camera.status().reconnects()).isZero();
        }
    }

    /** Overwrites the video in one of three transport packets, and leaves their headers. */
    private static byte[] damaged(byte[] film) {
        Random random = new Random(7);
        byte[] damaged = film.clone();
        byte[] noise = new byte[150];
        for (int packet = 30; (packet + 1) * 188 <= damaged.length; packet++) {
            if (random.nextInt(3) == 0) {
                random.nextBytes(noise);
                System.arraycopy(noise, 0, damaged, packet * 188 + 38, noise.length);
            }
        }
        return damaged;
    }

    @Test
    void keepsTheDistances_whenTimeStampsLeapAndGoBack() throws Exception {
        String coding = Films.H264 + " -output_ts_offset ";
        byte[] film = Films.then(
                Films.film("320x240", 25, coding + 5_000, "mpegts"),
                Films.film("320x240", 25, coding + 7, "mpegts"),
                Films.film("320x240", 25, coding + 90_000, "mpegts"));
        try (HttpFeed feed = HttpFeed.live(film, 2);
                Camera camera = captures.camera(feed.stream(), 10)) {
            camera.start();
            soon(() -> captures.frames.size() >= 12);
            assertThat(camera.status().reconnects()).isZero();
        }
        assertThat(captures.frames).extracting(f -> f.capturedAt).isSorted().doesNotHaveDuplicates();
        assertThat(Duration.between(captures.frames.getFirst().capturedAt, captures.frames.getLast().capturedAt))
                .isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void takesAStreamWithoutTimeStamps() throws Exception {
        byte[] film = Films.film("320x240", 25, Films.H264, "h264");
        try (HttpFeed feed = HttpFeed.live(Films.then(film, film), 2);
                Camera camera = captures.camera(feed.stream(), 10)) {
            camera.start();
            soon(() -> captures.frames.size() >= 8);
            assertThat(camera.status().state()).isEqualTo(CameraState.STREAMING);
        }
    }

    @Test
    void saysSo_andConnectsAnew_whenNoKeyframeComes() throws Exception {
        String keyless = "-c:v libx264 -preset ultrafast -g 1000 -flags +global_header"
                + " -bsf:v noise=drop=key,dump_extra=freq=all";
        byte[] film = Films.film("320x240", 25, keyless, "mpegts");
        HttpFeed.Answer endless = out -> {
            HttpFeed.head(out, "video/mp2t");
            while (true) {
                HttpFeed.pace(out, film, 2);
            }
        };
        try (HttpFeed feed = HttpFeed.of(endless);
                Camera camera = captures.camera(feed.stream(), 10, SECOND.multipliedBy(2))) {
            camera.start();
            soon(() -> detail(camera).startsWith("packets come, but no picture could be decoded for 4 s"));
            assertThat(camera.status().state()).isEqualTo(CameraState.RECONNECTING);
            soon(() -> camera.status().reconnects() == 1);
        }
        assertThat(captures.frames).isEmpty();
    }

    @Test
    void connectsAnew_whenTheStreamEndsInTheMiddleOfAPicture() throws Exception {
        byte[] film = Films.ts("320x240", 25);
        byte[] half = Arrays.copyOf(film, film.length / 2 + 77);
        HttpFeed.Answer dying = out -> {
            HttpFeed.head(out, "video/mp2t");
            HttpFeed.pace(out, half, 1);
        };
        try (HttpFeed feed = HttpFeed.of(dying);
                Camera camera = captures.camera(feed.stream(), 10)) {
            camera.start();
            soon(() -> camera.status().state() == CameraState.RECONNECTING
                    && "the camera ended the stream".equals(camera.status().detail()));
            assertThat(captures.frames).isNotEmpty();
            soon(() -> camera.status().reconnects() == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void givesUpAfterTheTimeout_whenTheAnswerDrips(boolean headDrips) throws Exception {
        HttpFeed.Answer dripping = out -> {
            if (!headDrips) {
                HttpFeed.head(out, "video/mp2t");
            }
            byte[] drops = headDrips ? "HTTP/1.1 200 OK, and so on and so forth".getBytes() : Films.ts("320x240", 25);
            for (byte drop : drops) {
                out.write(drop);
                out.flush();
                Thread.sleep(100);
            }
        };
        try (HttpFeed feed = HttpFeed.of(dripping);
                Camera camera = captures.camera(feed.stream(), 10, SECOND)) {
            camera.start();
            soon(() -> detail(camera).equals("timed out after 1 s"));
            assertThat(camera.status().state()).isEqualTo(CameraState.RECONNECTING);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 OK;Content-Length: 0 | not a video",
                "200 OK;Content-Type: text/html;Content-Length: 33 | not a video",
                "503 Busy;Content-Length: 0 | server",
                "302 Found;Location: file:///etc/hostname;Content-Length: 0 | redirects to",
                "302 Found;Location: rtsp://127.0.0.1:1/;Content-Length: 0 | redirects to rtsp://127.0.0.1:1/"
            })
    void saysWhatCame_insteadOfVideo(String head, String said) throws Exception {
        String answer = "HTTP/1.1 " + head.replace(";", "\r\n") + "\r\n\r\n"
                + (head.contains("33") ? "<html><h1>Your camera</h1></html>" : "");
        try (HttpFeed feed = HttpFeed.of(out -> HttpFeed.text(out, answer));
                Camera camera = captures.camera(feed.stream(), 10)) {
            camera.start();
            soon(() -> detail(camera).contains(said));
            assertThat(camera.status().state()).isEqualTo(CameraState.RECONNECTING);
        }
    }

    @Test
    void followsNoEndlessRedirects() throws Exception {
        HttpFeed[] feed = new HttpFeed[1];
        feed[0] = HttpFeed.of(out -> HttpFeed.text(
                out,
                "HTTP/1.1 302 Found\r\nLocation: " + feed[0].url("/again/" + feed[0].requests) + "\r\n"
                        + "Content-Length: 0\r\nConnection: close\r\n\r\n"));
        try (HttpFeed _ = feed[0];
                Camera camera = captures.camera(feed[0].stream(), 10)) {
            camera.start();
            soon(() -> detail(camera).contains("redirect"));
            assertThat(feed[0].requests).hasValueLessThan(20);
        }
    }
}
