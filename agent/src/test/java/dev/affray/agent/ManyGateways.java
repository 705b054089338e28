package dev.affray.agent;

import dev.affray.agent.camera.Secrets;
import dev.affray.agent.camera.Sources;
import dev.affray.agent.config.AgentConfig;
import dev.affray.agent.config.AgentYaml;
import dev.affray.agent.gate.ScoreModel;
import dev.affray.document.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Many gateways in one process, each a whole agent with its own identity, data folder and connection; all their cameras play one film. Arguments: the film,
 * the number of a gateway's cameras ({@code c1}, {@code c2}, ...), and a folder with a folder for each gateway, in which its agent.yaml is. Runs until its
 * input ends.
 */
final class ManyGateways {
    private ManyGateways() {}

    public static void main(String[] arguments) throws Exception {
        Path film = Path.of(arguments[0]);
        int cameras = Integer.parseInt(arguments[1]);
        Map<String, Path> files =
                Stream.iterate(1, i -> i <= cameras, i -> i + 1).collect(Collectors.toMap(i -> "c" + i, _ -> film));
        List<Path> folders;
        try (Stream<Path> all = Files.list(Path.of(arguments[2]))) {
            folders = all.sorted().toList();
        }
        List<Agent> agents = new ArrayList<>();
        try {
            for (Path folder : folders) {
                Agent agent = new Agent(
                        config(folder.resolve("agent.yaml")),
                        ScoreModel.shipped(),
                        new Sources(files, true, Secrets.NONE),
                        Clock.systemUTC());
                agents.add(agent);
                agent.start();
            }
            System.out.println(agents.size() + " gateways");
            while (System.in.read() >= 0) {
                // What is said does not matter.
            }
        } finally {
            Collections.reverse(agents);
            agents.forEach(Agent::close);
        }
    }

    private static AgentConfig config(Path file) throws IOException {
        return switch (AgentYaml.load(file)) {
            case Reading.Accepted<AgentConfig>(AgentConfig config) -> config;
            case Reading.Refused<AgentConfig> refused ->
                throw new IllegalArgumentException(file + ": " + refused.problems());
        };
    }
}
