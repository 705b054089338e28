package dev.affray.agent.check;

import dev.affray.agent.camera.Secrets;
import dev.affray.agent.config.AgentConfig;
import dev.affray.agent.gate.ScoreModel;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The files that agent.yaml names: who may read them, and whether they can be used. */
final class ConfigurationCheck {
    private static final Set<PosixFilePermission> READ_BY_OTHERS =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
    private static final Set<PosixFilePermission> WRITTEN_BY_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final List<Finding> findings = new ArrayList<>();
    private Optional<Secrets> secrets = Optional.of(Secrets.NONE);

    private ConfigurationCheck() {}

    /** Why the configuration cannot be used at all. */
    static List<Finding> refused(Path file, List<Problem> problems) {
        return problems.stream()
                .map(problem -> Finding.fail("configuration", problem.toString(), "Mend " + file + "."))
                .toList();
    }

    /**
     * Looks at the files.
     *
     * @param file agent.yaml itself
     * @param environment where systemd's credentials are known from
     */
    static ConfigurationCheck of(Path file, AgentConfig config, Map<String, String> environment) {
        ConfigurationCheck check = new ConfigurationCheck();
        check.findings.add(Finding.ok("configuration", file + " is right; the thing is " + config.thing()));
        check.alone(file, WRITTEN_BY_OTHERS, "may be changed by other users", "chmod go-w ");
        Path key = config.iot().privateKey();
        if (!isCredential(key, environment)) {
            check.alone(key, READ_BY_OTHERS, "the private key may be read by other users", "chmod 600 ");
        }
        config.secrets().ifPresent(secretsFile -> {
            check.secrets = switch (Secrets.load(secretsFile)) {
                case Reading.Accepted<Secrets>(Secrets read) -> {
                    check.findings.add(Finding.ok("secrets", secretsFile.path() + " is right"));
                    yield Optional.of(read);
                }
                case Reading.Refused<Secrets>(List<Problem> problems) -> {
                    problems.forEach(problem -> check.findings.add(
                            Finding.fail("secrets", problem.toString(), "Mend " + secretsFile.path() + ".")));
                    yield Optional.empty();
                }
            };
        });
        config.scoreModel().ifPresent(check::model);
        return check;
    }

    private void alone(Path file, Set<PosixFilePermission> unwanted, String what, String remedy) {
        try {
            if (Files.getFileStore(file).supportsFileAttributeView("posix")
                    && Files.getPosixFilePermissions(file).stream().anyMatch(unwanted::contains)) {
                findings.add(Finding.warn("permissions", file + ": " + what, "Run: " + remedy + file));
            }
        } catch (IOException e) {
            findings.add(Finding.warn("permissions", file + " cannot be looked at: " + e, "See who owns it."));
        }
    }

    /** Systemd makes the file anew at each start, and lets nobody in whom the group's permissions seem to. */
    private static boolean isCredential(Path file, Map<String, String> environment) {
        String folder = environment.getOrDefault("CREDENTIALS_DIRECTORY", "");
        return !folder.isEmpty() && file.startsWith(folder);
    }

    private void model(Path file) {
        try {
            ScoreModel _ = ScoreModel.load(file);
            findings.add(Finding.ok("score model", file + " can be used"));
        } catch (IOException e) {
            findings.add(Finding.fail(
                    "score model",
                    String.valueOf(e.getMessage()),
                    "Name another in score.model, or leave that out for the agent's own."));
        }
    }

    List<Finding> findings() {
        return findings;
    }

    /** The logins of cameras; empty where their file cannot be used. */
    Optional<Secrets> secrets() {
        return secrets;
    }
}
