package dev.affray.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void theHashDoesNotDependOnTheOrderOfKeys() {
        String one = Json.hash(Json.tree("{\"a\": 1, \"b\": {\"c\": [1, {\"x\": 1, \"y\": null}], \"d\": true}}"));
        String other = Json.hash(Json.tree("{\"b\":{\"d\":true,\"c\":[1,{\"y\":null,\"x\":1}]},\"a\":1}"));

        assertThat(one).isEqualTo(other).matches("[0-9a-f]{64}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":[2,1]}", "{\"a\":[1,2,3]}", "{\"b\":[1,2]}", "{\"a\":[\"1\",2]}", "{\"a\":null}"})
    void theHashTellsDifferentDocumentsApart(String other) {
        assertThat(Json.hash(Json.tree(other))).isNotEqualTo(Json.hash(Json.tree("{\"a\":[1,2]}")));
    }

    @Test
    void hashesADocumentWithHalfASurrogatePair() {
        assertThat(Json.hash(Json.tree("{\"a\":\"\\ud800\"}"))).hasSize(64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "{", "{\"a\":1} {\"b\":2}", "nonsense"})
    void whatIsNoJsonIsRefusedWithAReason(String text) {
        assertThatThrownBy(() -> Json.tree(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not JSON: ");
    }
}
