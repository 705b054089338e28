package dev.affray.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
}
