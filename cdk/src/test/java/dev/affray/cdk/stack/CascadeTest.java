package dev.affray.cdk.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.camera.AlertRule;
import dev.affray.cdk.deployment.Deployment;
import dev.affray.cdk.deployment.Deployment.Removal;
import dev.affray.cdk.deployment.Judge;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;

@NeedsNode
class CascadeTest {
    @ParameterizedTest
    @CsvSource({"85, 0", "86, 1"})
    void warns_whereFramesWouldRaiseAlarmsThatTheDetectorWasNotAskedAbout(int fromEdgeScore, int warnings) {
        Judge judge = new Judge.Cascade(fromEdgeScore, new Judge.Moderation(List.of("Physical Violence")));
        Deployment deployment = Synthesized.deployment(judge, Removal.DESTROY, Deployment.Audience.NOBODY);
        Stack alone = new Stack(new App());

        new Inference(
                alone,
                deployment,
                Synthesized.jars().inference(),
                new Frames(alone, deployment),
                new Tables(alone, deployment.removal()));

        assertThat(AlertRule.EDGE_SCORE_CONFIDENCE).isEqualTo(Inference.EDGE_SCORE_CONFIDENCE);
        assertThat(Annotations.fromStack(alone)
                        .findWarning("*", Match.stringLikeRegexp("detector.fromEdgeScore is 86: .*minConfidence.*")))
                .hasSize(warnings);
    }
}
