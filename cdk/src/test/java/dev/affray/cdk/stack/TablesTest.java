package dev.affray.cdk.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.cdk.stack.Resources.Resource;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys and attributes are an agreement with the stores of cloud/state. */
@NeedsNode
class TablesTest {
    private final Resources stack = Synthesized.EDGE_SCORE.stack();

    private Resource table(String name) {
        return stack.one("AWS::DynamoDB::Table", "Tables" + name);
    }

    @ParameterizedTest
    @CsvSource({
        "Detections, camera HASH S; position RANGE S, expires",
        "Heads, place HASH S, ''",
        "Incidents, place HASH S; id RANGE S, expires",
        "Notifications, incident HASH S; step RANGE S, expires",
        "Counters, name HASH S, expires",
        "Episodes, group HASH S, expires",
        "Fleet, kind HASH S; id RANGE S, ''",
        "Serials, serial HASH S, ''"
    })
    void aTableHasItsKeysAndItsTimeToLive(String name, String keys, String timeToLive) {
        assertThat(keys(table(name), table(name).at("/KeySchema"))).isEqualTo(keys);
        assertThat(table(name).text("/TimeToLiveSpecification/AttributeName")).isEqualTo(timeToLive);
        assertThat(table(name).at("/TimeToLiveSpecification/Enabled").asBoolean())
                .isEqualTo(!timeToLive.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "Heads, Global, open-heads, open HASH S; place RANGE S, KEYS_ONLY",
        "Incidents, Local, by-last, place HASH S; last RANGE N, ALL",
        "Incidents, Global, by-id, id HASH S, ALL",
        "Incidents, Global, by-opening, all HASH S; opened RANGE N, ALL",
        "Notifications, Global, by-due, waits HASH S; due RANGE N, ALL"
    })
    void anIndexHasItsKeysAndWhatItCarries(String name, String kind, String index, String keys, String projection) {
        JsonNode found = table(name)
                .at("/" + kind + "SecondaryIndexes")
                .valueStream()
                .filter(candidate -> candidate.path("IndexName").asText().equals(index))
                .findFirst()
                .orElseThrow();
        assertThat(keys(table(name), found.path("KeySchema"))).isEqualTo(keys);
        assertThat(found.at("/Projection/ProjectionType").asText()).isEqualTo(projection);
    }

    @Test
    void thereIsNoOtherTableOrIndex() {
        assertThat(stack.of("AWS::DynamoDB::Table")).hasSize(8);
        assertThat(stack.of("AWS::DynamoDB::Table").stream()
                        .mapToInt(table -> table.at("/GlobalSecondaryIndexes").size()
                                + table.at("/LocalSecondaryIndexes").size())
                        .sum())
                .isEqualTo(5);
    }

    @Test
    void onlyHeadsAreStreamed_withTheirNewImage() {
        assertThat(stack.of("AWS::DynamoDB::Table"))
                .filteredOn(table -> !table.at("/StreamSpecification").isMissingNode())
                .singleElement()
                .satisfies(table -> {
                    assertThat(table.id()).isEqualTo("TablesHeads");
                    assertThat(table.text("/StreamSpecification/StreamViewType"))
                            .isEqualTo("NEW_IMAGE");
                });
    }

    @Test
    void everyTableIsPaidByUse_andCanGoBackInTime() {
        assertThat(stack.of("AWS::DynamoDB::Table")).allSatisfy(table -> {
            assertThat(table.text("/BillingMode")).isEqualTo("PAY_PER_REQUEST");
            assertThat(table.at("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled")
                            .asBoolean())
                    .isTrue();
        });
    }

    @Test
    void tablesStayAndCannotBeDeleted_orGoWithTheStack_asSet() {
        assertThat(stack.of("AWS::DynamoDB::Table")).allSatisfy(table -> {
            assertThat(table.json().path("DeletionPolicy").asText()).isEqualTo("Retain");
            assertThat(table.at("/DeletionProtectionEnabled").asBoolean()).isTrue();
        });
        assertThat(Synthesized.MODERATION.stack().of("AWS::DynamoDB::Table")).allSatisfy(table -> {
            assertThat(table.json().path("DeletionPolicy").asText()).isEqualTo("Delete");
            assertThat(table.at("/DeletionProtectionEnabled").asBoolean()).isFalse();
        });
    }

    private static String keys(Resource table, JsonNode schema) {
        Map<String, String> types = new HashMap<>();
        table.at("/AttributeDefinitions")
                .forEach(attribute -> types.put(
                        attribute.path("AttributeName").asText(),
                        attribute.path("AttributeType").asText()));
        return schema.valueStream()
                .map(key -> key.path("AttributeName").asText() + " "
                        + key.path("KeyType").asText() + " "
                        + types.get(key.path("AttributeName").asText()))
                .collect(Collectors.joining("; "));
    }
}
