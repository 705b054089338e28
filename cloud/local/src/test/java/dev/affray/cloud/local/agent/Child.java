package dev.affray.cloud.local.agent;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Stands in for the agent: says hello and then does what its argument says. */
final class Child {
    private Child() {}

    public static void main(String[] args) throws Exception {
        System.out.println("hello " + System.getenv("AFFRAY_SUPERVISED"));
        switch (args[0]) {
            case "idle" -> System.err.println("nothing to do");
            case "die-once" -> dieOnce(Path.of(args[1]));
            case "work" -> awaitEndOfInput();
            case "deaf" -> ignoreSigterm();
            case "parent" -> bringUpAChild(Path.of(args[1]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    static List<String> command(String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static void dieOnce(Path mark) throws Exception {
        if (Files.exists(mark)) {
            awaitEndOfInput();
        }
        Files.createFile(mark);
        System.exit(3);
    }

    private static void awaitEndOfInput() throws Exception {
        System.out.println("working");
        while (System.in.read() >= 0) {
            System.out.println("unexpected input");
        }
        System.exit(0);
    }

    private static void ignoreSigterm() throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            System.out.println("not yet");
            while (true) {
                Thread.onSpinWait();
            }
        }));
        awaitEndOfInput();
    }

    private static void bringUpAChild(Path folder) throws Exception {
        AgentProcess agent = AgentProcess.start(
                command("work"),
                folder.resolve("agent.log"),
                line -> System.out.println("child: " + line),
                Backoff.USUAL);
        System.out.println("pid " + agent.pid());
        agent.exited().get();
    }
}
