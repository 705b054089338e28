package dev.affray.cloud.function.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** What every function's jar must be: small, because Lambda loads it at each cold start, and without what a function has no use for. */
public final class FunctionJar {
    /** The most a function's jar may weigh. */
    public static final long MAX_BYTES = 15_500_000;

    private static final String LOG_PROVIDERS = "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";

    private FunctionJar() {}

    /** @throws AssertionError that says what is wrong with it */
    public static void check(Path file) throws IOException {
        check(file, MAX_BYTES);
    }

    /** The same for one that says why it weighs more. */
    public static void check(Path file, long maxBytes) throws IOException {
        assertThat(Files.size(file)).as("bytes of " + file).isLessThanOrEqualTo(maxBytes);
        try (JarFile jar = new JarFile(file.toFile())) {
            List<String> names = jar.stream()
                    .map(ZipEntry::getName)
                    .filter(n -> !n.endsWith("/"))
                    .toList();
            assertThat(names).doesNotHaveDuplicates();
            assertThat(names)
                    .filteredOn(FunctionJar::unfit)
                    .as("what a function has no use for")
                    .isEmpty();
            assertThat(names).as("the licences of what is packed").contains("META-INF/LICENSE", "META-INF/LICENSE.txt");
            String providers =
                    new String(jar.getInputStream(jar.getEntry(LOG_PROVIDERS)).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(providers.strip()).as("the one log").isEqualTo("dev.affray.cloud.function.log.JsonLogProvider");
        }
    }

    private static boolean unfit(String name) {
        return name.contains("sqlite")
                || name.contains("/netty/")
                || name.startsWith("org/apache/http/")
                || name.startsWith("org/junit/")
                || name.startsWith("com/amazonaws/services/lambda/runtime/api/client/")
                || name.startsWith("dev/affray/config/examples/")
                || name.startsWith("META-INF/maven/")
                || name.endsWith("module-info.class")
                || name.matches("dev/affray/.*(Test|IT|Contract)\\.class")
                || name.matches("META-INF/[^/]*\\.(SF|DSA|RSA)");
    }
}
