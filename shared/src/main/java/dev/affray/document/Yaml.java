package dev.affray.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A YAML file as the JSON document it stands for. Who uses it brings jackson-dataformat-yaml along. Only {@code true} and {@code false} are truth values: {@code off} and {@code no} are texts. A key that stands there twice is an error. */
public final class Yaml {
    private static final ObjectMapper MAPPER = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Yaml() {}

    /** Reads the file; what it cannot read is a problem at {@code $}. */
    public static Reading<JsonNode> read(Path file) {
        try {
            JsonNode document = MAPPER.readTree(Files.readString(file));
            return document.isMissingNode() ? refused(file + " is empty") : new Reading.Accepted<>(document);
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr();
            return refused(file + " is not YAML" + where + ": " + firstLine(e.getOriginalMessage()));
        } catch (NoSuchFileException e) {
            return refused("there is no file " + file);
        } catch (IOException e) {
            return refused("cannot read " + file + ": " + e);
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private static Reading<JsonNode> refused(String message) {
        return new Reading.Refused<>(List.of(new Problem("$", message)));
    }
}
