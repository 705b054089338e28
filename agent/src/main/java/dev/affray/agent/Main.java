package dev.affray.agent;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. Exit codes: 0 done, 1 failed, 2 wrong usage or configuration. */
@Command(
        name = "affray-agent",
        description = "The gateway of Affray: samples frames from cameras, keeps them on disk, uploads them to S3.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {RunCommand.class, SampleVideoCommand.class},
        footer = {
            "",
            "Begin with: affray-agent run --config conf/agent.yaml",
            "Which cameras to serve, and how, comes from the gateway's shadows, not from the command line."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class Main implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** Without a subcommand. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing: run or sample-video");
    }

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setParameterExceptionHandler((e, _) -> complain(e.getCommandLine(), String.valueOf(e.getMessage()), 2))
                .setExecutionExceptionHandler((e, line, _) -> complain(line, String.valueOf(e.getMessage()), 1));
    }

    private static int complain(CommandLine line, String message, int code) {
        line.getErr().println(message);
        if (code == 2) {
            line.getErr().println("See: " + line.getCommandSpec().qualifiedName() + " --help");
        }
        return code;
    }
}
