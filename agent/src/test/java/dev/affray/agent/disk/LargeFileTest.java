package dev.affray.agent.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargeFileTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1_000_000, 131_073, 131_072, 1, 0})
    void holdsAllOfIt_andNothingOfWhatWasThereBefore(int length) throws IOException {
        Path file = folder.resolve("picture.jpg");
        LargeFile.write(file, new byte[2_000_000]);
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        LargeFile.write(file, bytes);
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }
}
