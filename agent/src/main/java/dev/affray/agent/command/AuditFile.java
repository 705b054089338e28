package dev.affray.agent.command;

import dev.affray.agent.health.Trouble;
import dev.affray.command.CommandAnswer;
import dev.affray.document.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every answer as a line of JSON in {@code audit.jsonl}. Once that is large enough it becomes {@code audit.1.jsonl}, in place of the one before. Where it cannot
 * be written, the log says so, and the commands go on: the log has them, and so has the cloud. Thread-safe.
 */
final class AuditFile {
    static final long MOST_BYTES = 4 * 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(AuditFile.class);

    private final Path file;
    private final Path before;
    private final long mostBytes;
    private final Trouble writing = new Trouble(log, "Writing the audit file");

    AuditFile(Path folder, long mostBytes) {
        this.file = folder.resolve("audit.jsonl");
        this.before = folder.resolve("audit.1.jsonl");
        this.mostBytes = mostBytes;
    }

    synchronized void add(CommandAnswer answer) {
        byte[] line = (Json.write(answer) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            if (Files.exists(file) && Files.size(file) + line.length > mostBytes) {
                Files.move(file, before, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.write(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            writing.worked();
        } catch (IOException e) {
            writing.failed(e.toString());
        }
    }
}
