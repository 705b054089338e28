package dev.affray.agent;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. Exit codes: 0 done, 1 failed, 2 wrong usage or configuration. */
@Command(
        name = "affray-agent",
        description = "The gateway of Affray: samples frames from cameras, keeps them on disk, uploads them to S3.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            RunCommand.class,
            EnrollCommand.class,
            ProvisionCommand.class,
            CheckCommand.class,
            CamerasCommand.class,
            ProbeCommand.class,
            SampleCommand.class,
            ScoreCommand.class,
            TrainCommand.class,
            SampleVideoCommand.class
        },
        footer = {
            "",
            "Begin with: affray-agent enroll --help, or provision --help, then affray-agent run --config agent.yaml",
            "What is wrong, and what to do: affray-agent check --config agent.yaml",
            "To try a camera without any cloud: affray-agent probe URL",
            "Which cameras to serve, and how, comes from the gateway's shadows: affray-agent cameras --help"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class Main implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** Without a subcommand. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "a command is missing: run, enroll, provision, check, cameras, probe, sample, score, train or sample-video");
    }

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The whole command line, not run yet. */
    public static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setParameterExceptionHandler((e, _) -> complain(e.getCommandLine(), String.valueOf(e.getMessage()), 2))
                .setExecutionExceptionHandler((e, line, _) -> complain(line, why(e), 1));
    }

    /** The message of a failed access to a file is often no more than the file's name. */
    private static String why(Exception e) {
        return switch (e) {
            case AccessDeniedException denied -> denied.getFile() + ": access denied";
            case NoSuchFileException missing -> missing.getFile() + ": there is no such file or folder";
            case FileAlreadyExistsException there ->
                there.getFile() + ": is in the way, a file where a folder should be";
            default -> e.getMessage() == null ? e.toString() : String.valueOf(e.getMessage());
        };
    }

    private static int complain(CommandLine line, String message, int code) {
        line.getErr().println(message);
        if (code == 2) {
            line.getErr().println("See: " + line.getCommandSpec().qualifiedName() + " --help");
        }
        return code;
    }
}
