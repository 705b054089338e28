package dev.affray.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.cloud.fleet.Model;
import dev.affray.cloud.fleet.rekognition.RekognitionModel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final DetectorChoice.CustomLabels CUSTOM = new DetectorChoice.CustomLabels(
            "arn:aws:rekognition:eu-west-1:111122223333:project/fights/version/fights.1/1700000000000",
            List.of("fight"));

    @Test
    void theWatchAsksAModelOfOnesOwn_alsoBehindTheEdgeScore() {
        try (Judge judge = Judge.of(CUSTOM);
                Judge cascade = Judge.of(new DetectorChoice.Cascade(30, CUSTOM))) {
            assertThat(judge.model()).isInstanceOf(RekognitionModel.class);
            assertThat(cascade.model()).isInstanceOf(RekognitionModel.class);
        }
    }

    @Test
    void whatHasNoModelOfOnesOwnIsNeverOff() {
        try (Judge edgeScore = Judge.of(new DetectorChoice.EdgeScore());
                Judge moderation =
                        Judge.of(new DetectorChoice.Moderation(List.of("Violence"), Optional.of("eu-west-1")))) {
            assertThat(edgeScore.model()).isSameAs(Model.ALWAYS);
            assertThat(moderation.model()).isSameAs(Model.ALWAYS);
        }
    }
}
