package dev.affray.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affray.cloud.inference.rekognition.ModerationDetector;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class DetectorChoiceTest {
    @Test
    void theGatewaysOwnScoreCostsNothing() {
        assertThat(new DetectorChoice.EdgeScore().cost(30)).isEmpty();
    }

    @Test
    void moderationIsPaidByTheFrame() {
        DetectorChoice choice = new DetectorChoice.Moderation(List.of("Violence"), Optional.empty());

        assertThat(choice.cost(2)).hasValue("at most $7.20 an hour: up to 7,200 frames at $1.00 for a thousand");
        assertThat(choice.cost(80)).hasValue("at most $288.00 an hour: up to 288,000 frames at $1.00 for a thousand");
    }

    @Test
    void aModelIsPaidByTheHourItRuns_inItsOwnRegion() {
        DetectorChoice.CustomLabels choice = new DetectorChoice.CustomLabels(
                "arn:aws:rekognition:eu-west-1:111122223333:project/fights/version/fights.1/1700000000000",
                List.of("fight"));

        assertThat(choice.cost(2))
                .hasValueSatisfying(cost -> assertThat(cost)
                        .startsWith("$4.00 an hour for each inference unit")
                        .contains("for as long as the model runs, frames or not"));
        assertThat(choice.region()).isEqualTo("eu-west-1");
    }

    @Test
    void aCascadeCostsAtMostWhatTheDearOneDoes_andWarnsWhereItWouldRaiseAlarmsUnasked() {
        DetectorChoice.Moderation dear = new DetectorChoice.Moderation(List.of("Violence"), Optional.empty());

        assertThat(new DetectorChoice.Cascade(30, dear).cost(2)).isEqualTo(dear.cost(2));
        assertThat(new DetectorChoice.Cascade(85, dear).warning()).isEmpty();
        assertThat(new DetectorChoice.Cascade(86, dear).warning())
                .hasValueSatisfying(
                        text -> assertThat(text).contains("--from-edge-score 86", "alert.minConfidence", "85"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --from-edge-score 30                                  | goes with the rekognition detectors only
                    --detector edge-score --from-edge-score 30            | goes with the rekognition detectors only
                    --detector rekognition-moderation --from-edge-score 0 | --from-edge-score 0 is not 1 to 100
                    --detector rekognition-moderation --from-edge-score 101 | --from-edge-score 101 is not 1 to 100
                    --detector rekognition-moderation --model arn:x       | --model goes with
                    --detector edge-score --label fight                   | --label goes with
                    """)
    void optionsThatDoNotGoTogetherAreRefused(String arguments, String complaint) {
        assertThatThrownBy(() -> parsed(arguments)).hasMessageContaining(complaint);
    }

    @Test
    void theScoreToAskFromPutsTheEdgeScoreBeforeTheDetector() {
        assertThat(parsed("--detector rekognition-moderation --from-edge-score 30 --aws-region eu-west-1"))
                .isEqualTo(new DetectorChoice.Cascade(
                        30, new DetectorChoice.Moderation(ModerationDetector.FIGHT_LABELS, Optional.of("eu-west-1"))));
        assertThat(parsed("--detector rekognition-moderation"))
                .isEqualTo(new DetectorChoice.Moderation(ModerationDetector.FIGHT_LABELS, Optional.empty()));
    }

    private static DetectorChoice parsed(String arguments) {
        DetectorOptions options = new DetectorOptions();
        new CommandLine(options).parseArgs(arguments.split(" +"));
        return options.choice();
    }
}
