package dev.affray.agent.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** Tells a whole JPEG file from what a power cut can leave behind: it begins with FF D8 and ends with FF D9. */
final class Jpeg {
    private Jpeg() {}

    static boolean isWhole(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            if (file.length() < 4 || file.readUnsignedShort() != 0xFFD8) {
                return false;
            }
            file.seek(file.length() - 2);
            return file.readUnsignedShort() == 0xFFD9;
        }
    }
}
