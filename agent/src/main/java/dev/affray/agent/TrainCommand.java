package dev.affray.agent;

import dev.affray.agent.training.LabelledClips;
import dev.affray.agent.training.Training;
import dev.affray.agent.training.Training.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains a model for the score. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Trains a model for the score on labelled clips, evaluates it by cross-validation that never has a source on both sides, and writes DIR/"
                    + Training.MODEL + " and DIR/" + Training.REPORT + ".",
            "The same clips, options and agent give the same model."
        },
        footer = {
            "",
            "Then: affray-agent score --model DIR/" + Training.MODEL + " FILE..., or score.model in agent.yaml",
            "Exit codes: 0 done, 1 it failed, 2 wrong usage."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "CLIPS",
            description = {
                "a folder with the folders fight and nofight, which hold the clips",
                "clips.csv in it says where each was cut from (clip,label,source); without it, the name up to \"__\" does"
            })
    private Path clips;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "where everything is written to; clips that were looked at before are not played again")
    private Path out;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "by which folds, other views and patches are drawn (default: ${DEFAULT-VALUE})")
    private int seed;

    @Option(
            names = "--folds",
            paramLabel = "N",
            defaultValue = "6",
            description = "of a cross-validation (default: ${DEFAULT-VALUE})")
    private int folds;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "of cross-validation, each with other folds (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--cost",
            paramLabel = "X",
            defaultValue = "1",
            description = "of errors against that of weights; the fewer clips, the less (default: ${DEFAULT-VALUE})")
    private double cost;

    @Override
    public Integer call() throws IOException {
        if (seed < 0 || folds < 2 || rounds < 1 || !(cost > 0 && cost <= 1e6)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--seed must be at least 0, --folds at least 2, --rounds at least 1, --cost more than 0 and at most 1000000");
        }
        PrintWriter err = spec.commandLine().getErr();
        Training training = new Training(LabelledClips.in(clips), out, new Settings(seed, folds, rounds, cost));
        Training.Result result = training.run(line -> {
            err.println(line);
            err.flush();
        });
        PrintWriter printer = spec.commandLine().getOut();
        printer.print(result.summary());
        printer.println("Written: " + out.resolve(Training.MODEL) + ", " + out.resolve(Training.REPORT));
        printer.flush();
        return 0;
    }
}
