package dev.affray.cdk.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checks of cdk-nag. */
@NeedsNode
class NagTest {
    @ParameterizedTest
    @EnumSource
    void nothingIsLeftToComplainOf(Synthesized variant) {
        assertThat(variant.complaints()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyExceptionGivesItsReason(Synthesized variant) {
        List<JsonNode> exceptions = variant.stack().all().stream()
                .flatMap(resource -> resource.json()
                        .at("/Metadata/cdk_nag/rules_to_suppress")
                        .valueStream())
                .toList();
        assertThat(exceptions).isNotEmpty().allSatisfy(exception -> {
            assertThat(exception.path("id").asText()).startsWith("AwsSolutions-");
            assertThat(exception.path("reason").asText()).hasSizeGreaterThan(20);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aWildcardIsNeverExceptedAtLarge(Synthesized variant) {
        assertThat(variant.stack().all().stream()
                        .flatMap(resource -> resource.json()
                                .at("/Metadata/cdk_nag/rules_to_suppress")
                                .valueStream())
                        .filter(exception -> exception.path("id").asText().equals("AwsSolutions-IAM5")))
                .isNotEmpty()
                .allSatisfy(
                        exception -> assertThat(exception.path("applies_to")).isNotEmpty());
    }
}
