package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.agent.gate.FightScore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class FfmpegTest {
    /** Prints the bound that JavaCPP puts on the memory of the process: in one in which nothing native was loaded before. */
    static final class Bound {
        public static void main(String[] args) {
            Ffmpeg.load();
            System.out.println("bound " + Pointer.maxPhysicalBytes());
        }
    }

    /** Loads FFmpeg and OpenCV at the same moment, on threads of their own, as a start with cameras does. */
    static final class Race {
        public static void main(String[] args) throws InterruptedException {
            CountDownLatch begin = new CountDownLatch(1);
            List<Thread> racers = Stream.<Runnable>of(FightScore::prepare, Ffmpeg::load, Ffmpeg::load)
                    .map(load -> Thread.ofPlatform().daemon().start(() -> {
                        try {
                            begin.await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        load.run();
                    }))
                    .toList();
            begin.countDown();
            boolean done = true;
            for (Thread racer : racers) {
                done &= racer.join(Duration.ofSeconds(60));
            }
            System.out.println(done ? "both are loaded" : "they wait for each other");
            System.exit(0);
        }
    }

    @Test
    void loadsBesideOpenCv_withoutWaitingForEachOther() throws Exception {
        assertThat(said(Race.class)).contains("both are loaded");
    }

    @Test
    void doesNotBoundTheMemoryOfTheProcess_byTheSizeOfJavasHeap() throws Exception {
        assertThat(said(Bound.class)).contains("bound 0");
    }

    private static List<String> said(Class<?> program) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName())
                .redirectErrorStream(true)
                .start();
        try {
            return process.inputReader().lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }
}
