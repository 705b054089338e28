package dev.affray.agent.training;

import dev.affray.agent.gate.ScoreModel;
import dev.affray.agent.gate.ScoreModel.Facts;
import dev.affray.agent.gate.ScoreModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** From a folder of labelled clips to a model and a report of how good it is. The same clips, settings and program give the same model. */
public final class Training {
    /** The model's file in the folder that is written to. */
    public static final String MODEL = "score-model.json";

    /** The report's. */
    public static final String REPORT = "report.html";

    private static final String CACHE = "cache";

    private final LabelledClips clips;
    private final Path out;
    private final Settings settings;

    /**
     * How to train.
     *
     * @param seed by which folds, views and patches are drawn
     * @param folds of a cross-validation
     * @param rounds of cross-validation, each with other folds
     * @param cost of errors against that of weights: the less, the smaller the weights
     */
    public record Settings(int seed, int folds, int rounds, double cost) {
        /** Those of the model that comes with the agent. */
        public static final Settings DEFAULT = new Settings(1, 6, 5, 1);
    }

    /**
     * What came of it.
     *
     * @param summary the figures in a few lines, for people
     */
    public record Result(ScoreModel model, String summary) {}

    /** @param out where everything goes: made if it is not there; numbers of clips that are there already are used again */
    public Training(LabelledClips clips, Path out, Settings settings) {
        this.clips = clips;
        this.out = out;
        this.settings = settings;
    }

    /**
     * Trains, evaluates and writes.
     *
     * @param progress is told how it goes, in lines for people
     * @throws IOException when a clip cannot be played, there are too few, or the folder cannot be written to
     */
    public Result run(Consumer<String> progress) throws IOException {
        progress.accept(clips.clips().size() + " clips from " + clips.sources() + " sources; sources by "
                + clips.sourcesFrom());
        if (clips.sources() < settings.folds()) {
            throw new IOException("there are clips of " + clips.sources() + " sources, too few for " + settings.folds()
                    + " folds; say fewer folds, or where the clips are from");
        }
        Files.createDirectories(out);
        List<ClipMotion> motion = new Extraction(out.resolve(CACHE), settings.seed(), progress).of(clips.clips());
        RuleTrial rules = RuleTrial.of(motion, settings.seed(), progress);
        Fitting fitting = new Fitting(settings.cost(), settings.seed());
        List<List<Judged>> margins = new CrossValidation(fitting, settings.folds(), settings.rounds(), settings.seed())
                .judge(motion, rules, progress);
        Evaluation evaluation = Evaluation.of(margins, settings.seed());
        ScoreModel fitted = fitting.fit(motion);
        ScoreModel model = new ScoreModel(
                fitted.codebook(),
                fitted.weights(),
                fitted.intercept(),
                evaluation.calibration(),
                facts(motion, evaluation.figures()));
        Files.writeString(out.resolve(MODEL), ScoreModelFile.write(model));
        RuleTable table = rules.table(evaluation.calibration());
        Report report = new Report(clips, motion, evaluation, table, settings);
        Files.writeString(out.resolve(REPORT), report.page());
        return new Result(model, report.summary());
    }

    private Facts facts(List<ClipMotion> motion, Figures figures) {
        return new Facts(
                motion.size(),
                (int) motion.stream().filter(m -> m.clip().fight()).count(),
                (int) motion.stream().map(m -> m.clip().source()).distinct().count(),
                settings.seed(),
                thousandths(figures.auc()),
                thousandths(figures.accuracy()),
                thousandths(figures.recall()));
    }

    private static double thousandths(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
