package dev.affray.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path folder;

    @Test
    void aNewOneIsItsOwnersAlone() throws Exception {
        Path root = folder.resolve("share/affray");
        try (DataFolder data = DataFolder.open(root)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.root())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void oneThatExistsKeepsItsPermissions() throws Exception {
        Path root = Files.createDirectory(folder.resolve("group"));
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-x---"));
        try (DataFolder data = DataFolder.open(root)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.root())))
                    .isEqualTo("rwxr-x---");
        }
    }

    @Test
    void isTakenByOneAtATime() throws Exception {
        DataFolder first = DataFolder.open(folder);
        assertThatThrownBy(() -> DataFolder.open(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another affray-local is using " + folder);
        first.close();
        DataFolder.open(folder).close();
    }
}
