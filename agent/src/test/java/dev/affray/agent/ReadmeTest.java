package dev.affray.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    @Test
    void everyClassTheReadmeNamesExists() throws IOException {
        Set<String> foreign = Set.of("IotShadowV2Client");
        Set<String> classes;
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            classes = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
        Set<String> named = new TreeSet<>();
        Matcher names = Pattern.compile("`([A-Z][a-z]+(?:[A-Z0-9][A-Za-z0-9]*)*)`")
                .matcher(Files.readString(Path.of("README.md")));
        while (names.find()) {
            named.add(names.group(1));
        }
        named.removeAll(foreign);
        assertThat(named).isNotEmpty();
        assertThat(classes).containsAll(named);
    }
}
