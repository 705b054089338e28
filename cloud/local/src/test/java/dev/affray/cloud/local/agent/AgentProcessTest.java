package dev.affray.cloud.local.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentProcessTest {
    private static final Backoff QUICK =
            new Backoff(Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofMinutes(1));
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    @Test
    void doesNotStartAnAgentAgain_thatEndedWithNothingToDo() throws Exception {
        try (AgentProcess agent = start("idle")) {
            assertThat(agent.exited().get()).isZero();
            assertThat(agent.restarts()).isZero();
        }
        assertThat(lines).containsExactlyInAnyOrder("hello 1", "nothing to do");
        assertThat(Files.readAllLines(folder.resolve("agent.log"))).isEqualTo(lines);
    }

    @Test
    void startsADeadAgentAgain_andEndsItOnClose() throws Exception {
        AgentProcess agent = start("die-once", folder.resolve("mark").toString());
        await().atMost(PATIENCE).until(() -> lines.contains("working"));
        assertThat(agent.restarts()).isEqualTo(1);
        long pid = agent.pid();
        assertThat(ProcessHandle.of(pid)).get().matches(ProcessHandle::isAlive);
        agent.close();
        agent.close();
        assertThat(isAlive(pid)).isFalse();
        assertThat(agent.exited().get()).isEqualTo(143);
        assertThat(agent.restarts()).isEqualTo(1);
    }

    @Test
    void startsAKilledAgentAgain() throws Exception {
        try (AgentProcess agent = start("work")) {
            await().atMost(PATIENCE).until(() -> lines.contains("working"));
            long first = agent.pid();
            assertThat(ProcessHandle.of(first).orElseThrow().destroyForcibly()).isTrue();
            await().atMost(PATIENCE)
                    .until(() -> lines.stream().filter("working"::equals).count() == 2);
            assertThat(agent.pid()).isNotEqualTo(first);
        }
    }

    @Test
    void killsAnAgentThatDoesNotListen() throws Exception {
        AgentProcess agent = start("deaf");
        await().atMost(PATIENCE).until(() -> lines.contains("working"));
        agent.close();
        assertThat(isAlive(agent.pid())).isFalse();
        assertThat(agent.exited().get()).isEqualTo(137);
        assertThat(lines).contains("not yet");
    }

    @Test
    void leavesNoAgentBehind_whenItsParentIsKilled() throws Exception {
        Process parent = new ProcessBuilder(Child.command("parent", folder.toString()))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = parent.inputReader()) {
            long pid = 0;
            String line = output.readLine();
            while (line != null && !line.equals("child: working")) {
                if (line.startsWith("pid ")) {
                    pid = Long.parseLong(line.substring("pid ".length()));
                }
                line = output.readLine();
            }
            assertThat(isAlive(pid)).isTrue();
            parent.toHandle().destroyForcibly();
            long orphan = pid;
            await().atMost(PATIENCE).until(() -> !isAlive(orphan));
        }
    }

    @Test
    void runsTheAgentsJars_onThisJava() throws IOException {
        Path home = Files.createDirectories(folder.resolve("agent"));
        assertThatThrownBy(() -> AgentProcess.start(home, List.of(), folder.resolve("agent.log"), lines::add))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds no jars");
        Files.createFile(Files.createDirectories(home.resolve("lib")).resolve("affray-agent.jar"));
        List<String> command = AgentCommand.of(home, List.of("run", "--config", "a b.yaml"));
        assertThat(command.getFirst())
                .isEqualTo(ProcessHandle.current().info().command().orElseThrow());
        assertThat(command)
                .contains(home.resolve("lib") + "/*")
                .endsWith("dev.affray.agent.Main", "run", "--config", "a b.yaml");
        assertThat(Files.readString(Path.of("../../agent/src/main/launcher/affray-agent")))
                .as("the agent's own launcher gives Java the same options")
                .contains(command.stream()
                        .filter(word -> word.startsWith("-") && !word.equals("-cp") && !word.equals("--config"))
                        .toList());
    }

    @Test
    void waitsLongerEachTime_untilALifeWasLong() {
        Backoff backoff = Backoff.USUAL;
        Duration wait = backoff.after(Duration.ZERO, Duration.ZERO);
        assertThat(wait).isEqualTo(Duration.ofSeconds(1));
        for (int i = 0; i < 10; i++) {
            wait = backoff.after(wait, Duration.ofSeconds(5));
        }
        assertThat(wait).isEqualTo(Duration.ofSeconds(30));
        assertThat(backoff.after(wait, Duration.ofMinutes(2))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void keepsTheLogWithinBounds() throws IOException {
        Path file = folder.resolve("logs").resolve("agent.log");
        try (RotatingLog log = new RotatingLog(file, 10, 2)) {
            for (String line : List.of("first----", "second---", "third----", "fourth---", "5")) {
                log.add(line);
            }
        }
        try (var files = Files.list(file.getParent())) {
            assertThat(files).hasSize(3);
        }
        assertThat(file).hasContent("5\n");
        assertThat(file.resolveSibling("agent.log.1")).hasContent("fourth---\n");
        assertThat(file.resolveSibling("agent.log.2")).hasContent("third----\n");
    }

    private AgentProcess start(String... arguments) throws IOException {
        return AgentProcess.start(Child.command(arguments), folder.resolve("agent.log"), lines::add, QUICK);
    }

    private static boolean isAlive(long pid) {
        return Optional.of(pid)
                .flatMap(ProcessHandle::of)
                .filter(ProcessHandle::isAlive)
                .isPresent();
    }
}
