package dev.affray.agent;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Edits which cameras a gateway serves, and how. */
@Command(
        name = "cameras",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            CamerasListCommand.class,
            CamerasShowCommand.class,
            CamerasSetCommand.class,
            CamerasAddCommand.class,
            CamerasRemoveCommand.class,
            CamerasSnapshotCommand.class,
            CamerasClipCommand.class,
            CamerasRestartCommand.class
        },
        description = {
            "Reads and edits what is desired of a gateway's cameras, from any machine: with an administrator's AWS credentials (profile, single sign-on, environment), or against a local edition on this machine.",
            "What would be wrong is not sent; what was sent is waited for until the gateway has said what it makes of it."
        },
        footer = {
            "",
            "Needed permissions on the thing: iot:GetThingShadow, iot:UpdateThingShadow, iot:DeleteThingShadow.",
            "For snapshot, clip and restart: iot:Publish on topic/affray/THING/commands, iot:GetRetainedMessage on topic/affray/THING/answers/*.",
            "Exit codes: 0 done and in force, 1 failed or refused by the gateway, 2 wrong usage or document and nothing was sent, 3 sent, but the gateway has not said anything in time.",
            "",
            "For example:",
            "  affray-agent cameras list --thing gateway-1",
            "  affray-agent cameras set yard sampling.fps=2 alert.minConfidence=80 --thing gateway-1"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CamerasCommand implements Runnable {
    /** The gateway is not there, or slow. */
    static final int SILENT = 3;

    @Spec
    private CommandSpec spec;

    /** Without a subcommand. */
    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing: cameras list, show, set, add, remove, snapshot, clip or restart");
    }
}
