package dev.affray.cloud.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    @Test
    void readsWhatIsThere() {
        Environment environment = Environment.of(
                Map.of("TABLE", " heads ", "DAYS", "30", "KIND", "b", "LABELS", "one, two,,", "BLANK", " "));

        assertThat(environment.text("TABLE")).isEqualTo("heads");
        assertThat(environment.optional("BLANK")).isEmpty();
        assertThat(environment.whole("DAYS", 1, 30)).isEqualTo(30);
        assertThat(environment.optionalWhole("DAYS", 30, 31)).hasValue(30);
        assertThat(environment.optionalWhole("BLANK", 1, 30)).isEmpty();
        assertThat(environment.optionalWhole("NONE", 1, 30)).isEmpty();
        assertThat(environment.oneOf("KIND", List.of("a", "b"))).isEqualTo("b");
        assertThat(environment.list("LABELS")).containsExactly("one", "two");
        environment.check();
    }

    @Test
    void tellsEveryProblemAtOnce() {
        Environment environment = Environment.of(
                Map.of("BLANK", " ", "MANY", "31", "WORDS", "three", "MORE", "101", "KIND", "c", "COMMAS", " , "));
        environment.text("NONE");
        environment.text("BLANK");
        environment.whole("MANY", 1, 30);
        environment.whole("WORDS", 1, 30);
        environment.optionalWhole("MORE", 1, 100);
        environment.oneOf("KIND", List.of("a", "b"));
        environment.list("COMMAS");
        environment.problem("MODEL_ARN is needed where DETECTOR is c");

        assertThatThrownBy(environment::check)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(
                        "NONE is missing",
                        "BLANK is missing",
                        "MANY is '31', not a whole number from 1 to 30",
                        "WORDS is 'three', not a whole number",
                        "MORE is '101', not a whole number from 1 to 100",
                        "KIND is 'c', not one of a, b",
                        "COMMAS names nothing",
                        "MODEL_ARN is needed");
    }
}
