package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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

    @Test
    void doesNotBoundTheMemoryOfTheProcess_byTheSizeOfJavasHeap() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Bound.class.getName())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(process.inputReader().lines()).contains("bound 0");
        } finally {
            process.destroyForcibly();
        }
    }
}
