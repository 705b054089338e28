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
        assertThat(ScoreModelFile.write(ScoreModel.load(file))).isEqualTo(ScoreModelFile.write(SHIPPED));
        assertThat(Files.size(file)).isLessThan(100_000);
    }

    @Test
    void theShippedModelSaysWhatItWasTrainedOn() {
        assertThat(SHIPPED.facts().clips()).isEqualTo(180);
        assertThat(SHIPPED.facts().sources()).isEqualTo(31);
        assertThat(SHIPPED.facts().auc()).isGreaterThan(0.84);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "affray-score-2"      | "affray-score-9"      | $.format: is 'affray-score-9', not 'affray-score-2'
                    "fisher-2"            | "fisher-0"            | $.features: is 'fisher-0', not 'fisher-2': another agent's features; train it again
                    "intercept"           | "interception"        | $.intercept: is missing
                    "intercept"           | "interception"        | did you mean intercept?
                    "acrossEdges"         | "acrosEdges"          | $.codebook.acrossEdges: is missing
                    "shares" : "          | "shares" : "AAAA      | $.codebook.motion.shares: is 92 characters long; at most 88
                    "slope" :             | "slope" : -1, "s" :   | $.calibration.slope: is -1; must be from 0
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    !!!!         | is no base64
                    AAAA         | has 3 bytes; must be 2304 numbers of 4
                    NAN          | number 1 is NaN; must be from
                    """)
    void refusesWeightsThatAreNone(String weights, String complaint) throws IOException {
        float[] unknown = SHIPPED.weights().clone();
        unknown[0] = Float.NaN;
        String wrong = weights.equals("NAN") ? Floats.text(unknown) : weights;
        String text = ScoreModelFile.write(SHIPPED).replaceFirst("\"weights\" : \"[^\"]*", "\"weights\" : \"" + wrong);
        Path file = Files.writeString(folder.resolve("model.json"), text);
        assertThatThrownBy(() -> ScoreModel.load(file)).hasMessageContaining("$.weights: " + complaint);
    }

    @Test
    void refusesAVarianceOfNothing() throws IOException {
        String nothing = Floats.text(new float[Codebook.GAUSSIANS * Codebook.AXES]);
        String text =
                ScoreModelFile.write(SHIPPED).replaceFirst("\"variances\" : \"[^\"]*", "\"variances\" : \"" + nothing);
        Path file = Files.writeString(folder.resolve("model.json"), text);
        assertThatThrownBy(() -> ScoreModel.load(file))
                .hasMessageContaining("$.codebook.motion.variances: number 1 is 0.0; must be from 1.0E-12");
    }

    @Test
    void refusesWhatIsNoJson_andWhatIsFarTooLong() throws IOException {
        Path file = Files.writeString(folder.resolve("model.json"), "{");
        assertThatThrownBy(() -> ScoreModel.load(file)).hasMessageContaining("not JSON");
        Path large = Files.write(folder.resolve("large.json"), new byte[1_000_001]);
        assertThatThrownBy(() -> ScoreModel.load(large)).hasMessageContaining("larger than");
    }
}
