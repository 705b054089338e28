package dev.affray.agent.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreModelFileTest {
    private static final ScoreModel SHIPPED = ScoreModel.shipped();

    @TempDir
    Path folder;

    @Test
    void readsWhatItWrites() throws IOException {
        Path file = Files.writeString(folder.resolve("model.json"), ScoreModelFile.write(SHIPPED));
        assertThat(ScoreModel.load(file)).isEqualTo(SHIPPED);
    }

    @Test
    void theShippedModelSaysWhatItWasTrainedOn() {
        assertThat(SHIPPED.facts().clips()).isEqualTo(180);
        assertThat(SHIPPED.facts().sources()).isEqualTo(31);
        assertThat(SHIPPED.facts().auc()).isGreaterThan(0.8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "affray-score-1"      | "affray-score-9"      | $.format: is 'affray-score-9', not 'affray-score-1'
                    "flow-1"              | "flow-0"              | $.features: is 'flow-0', not 'flow-1': another agent's features; train it again
                    "intercept"           | "interception"        | $.intercept: is missing
                    "intercept"           | "interception"        | did you mean intercept?
                    "motion.all.mean"     | "motion.all.meen"     | $.terms.motion.all.mean: is missing
                    "motion.all.mean"     | "motion.all.meen"     | $.terms.motion.all.meen: is no number of the features flow-1
                    "slope" :             | "slope" : -1, "s" :    | $.calibration.slope: is -1; must be from 0
                    "motion.all.mean" : [ | "motion.all.mean" : [ 1, | $.terms.motion.all.mean: has 5 items; at most 4
                    "auc" : 0.            | "auc" : 7.            | $.trained.auc: is 7.
                    """)
    void refusesWhatIsNotAModelForThisAgent(String right, String wrong, String complaint) throws IOException {
        String text = ScoreModelFile.write(SHIPPED);
        assertThat(text).contains(right);
        Path file = Files.writeString(folder.resolve("model.json"), text.replace(right, wrong));

        assertThatThrownBy(() -> ScoreModel.load(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no score model for this agent")
                .hasMessageContaining(complaint);
    }

    @Test
    void refusesANumberThatIsNone() throws IOException {
        String text = ScoreModelFile.write(SHIPPED).replaceFirst("(\"motion.all.mean\" : \\[ )[^,]*", "$1\"a\"");
        Path file = Files.writeString(folder.resolve("model.json"), text);
        assertThatThrownBy(() -> ScoreModel.load(file))
                .hasMessageContaining("must be four numbers: power, mean, deviation, weight");
    }

    @Test
    void refusesWhatIsNoJson_andWhatIsFarTooLong() throws IOException {
        Path file = Files.writeString(folder.resolve("model.json"), "{");
        assertThatThrownBy(() -> ScoreModel.load(file)).hasMessageContaining("not JSON");
        Path large = Files.write(folder.resolve("large.json"), new byte[1_000_001]);
        assertThatThrownBy(() -> ScoreModel.load(large)).hasMessageContaining("larger than");
    }
}
