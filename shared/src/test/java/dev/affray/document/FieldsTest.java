package dev.affray.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
    private enum Colour {
        RED,
        DARK_BLUE
    }

    @Test
    void aTextAloneStandsForAnObjectOfOneField_andItsProblemsAreAtItsPlace() {
        Function<Fields, String> shape = item -> item.text("to", 5) + item.text("as", 5, "");
        Reading<List<String>> read = Fields.read(
                Json.tree("{\"people\": [\"anna\", {\"to\": \"ben\", \"as\": \"x\"}]}"),
                fields -> fields.objects("people", 3, "to", shape));
        assertThat(read).isEqualTo(new Reading.Accepted<>(List.of("anna", "benx")));

        Reading<List<String>> refused = Fields.read(
                Json.tree("{\"people\": [\"longish\", {\"to\": \"longish\"}, 5]}"),
                fields -> fields.objects("people", 3, "to", shape));
        assertThat(((Reading.Refused<?>) refused).problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "$.people[0]: is 7 characters long; at most 5",
                        "$.people[1].to: is 7 characters long; at most 5",
                        "$.people[2]: must be a text or an object, not 5");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"count": 11}          | $.count: is 11; must be from 1 to 10
            {"count": 2.5}         | $.count: must be a whole number, not 2.5
            {"count": 3e30}        | $.count: must be a whole number, not 3.0E30
            {"count": 99999999999999999999} | $.count: is 99999999999999999999; must be from 1 to 10
            {"count": "3"}         | $.count: must be a whole number, not "3"
            {"ratio": 0.05}        | $.ratio: is 0.05; must be from 0.1 to 2
            {"ratio": true}        | $.ratio: must be a number, not true
            {"name": []}           | $.name: must be a text, not an array
            {"name": " "}          | $.name: must not be blank
            {"name": "longish"}    | $.name: is 7 characters long; at most 5
            {"code": "x1"}         | $.code: is not two digits
            {"colour": "green"}    | $.colour: is "green"; must be one of red, dark_blue
            {"colour": "RED"}      | $.colour: is "RED"; must be one of red, dark_blue
            {"tags": "a"}          | $.tags: must be an array, not "a"
            {"tags": ["a", {}]}    | $.tags[1]: must be a text, not an object
            {"tags": ["a","b","c"]} | $.tags: has 3 items; at most 2
            {"inner": 5}           | $.inner: must be an object, not 5
            {"inner": "hunter2"}   | $.inner: must be an object, not a text
            {"inner": {}}          | $.inner.must: is missing
            {"naem": "x"}          | $.naem: is not a known field; did you mean name?
            {"Name": "x"}          | $.Name: is not a known field; did you mean name?
            {"altogether": 1}      | $.altogether: is not a known field; known are count, ratio, name, code, colour, tags, inner
            """)
    void aProblemNamesItsFieldAndWhatWouldBeRight(String document, String problem) {
        assertThat(problems(document, FieldsTest::everyType)).containsExactly(problem);
    }

    @Test
    void aFieldOfAnOddNameIsQuotedInItsPath_soThatNoOtherIsMeant() {
        assertThat(paths("{\"a.b\": 1, \"x']\": 1, \"\": 1, \"a\\nb\": 1, \"inner\": {\"must\": \"a\", \"1\": 2}}"))
                .containsExactly("$.inner['1']", "$['a.b']", "$['x\\']']", "$['']", "$['a\\u000ab']");
    }

    private static List<String> paths(String document) {
        return ((Reading.Refused<Object>) Fields.read(Json.tree(document), FieldsTest::everyType))
                .problems().stream().map(Problem::path).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\nb", "a\\tb", "a\\u0000", "a\\ud800", "\\udc00b", "a\\u0085"})
    void aTextIsOneLineOfCharactersThatCanBeShown(String text) {
        assertThat(problems("{\"name\": \"" + text + "\"}", FieldsTest::everyType))
                .containsExactly("$.name: has a line break or another character that cannot be shown; leave it out");
        assertThat(problems("{\"name\": \"\ud83d\udcf7 \u00fc\"}", FieldsTest::everyType))
                .isEmpty();
    }

    @Test
    void allProblemsComeAtOnce() {
        assertThat(problems("{\"count\": 0, \"name\": 3, \"inner\": {\"mist\": 1}}", FieldsTest::everyType))
                .containsExactly(
                        "$.count: is 0; must be from 1 to 10",
                        "$.name: must be a text, not 3",
                        "$.inner.must: is missing",
                        "$.inner.mist: is not a known field; did you mean must?");
    }

    @Test
    void anAbsentFieldAndANullGiveTheDefault() {
        Function<Fields, List<Object>> shape = fields -> List.of(
                fields.integer("count", 1, 10, 7),
                fields.number("ratio", 0, 1, 0.5),
                fields.text("name", 5, "none"),
                fields.choice("colour", Colour.class, Colour.RED),
                fields.optionalInteger("limit", 1, 2),
                fields.optionalText("code", 5),
                fields.texts("tags", 2, _ -> Optional.empty()));
        List<Object> defaults = List.of(7, 0.5, "none", Colour.RED, OptionalInt.empty(), Optional.empty(), List.of());

        assertThat(Fields.read(Json.tree("{}"), shape)).isEqualTo(new Reading.Accepted<>(defaults));
        assertThat(Fields.read(Json.tree("{\"count\": null, \"name\": null, \"tags\": null}"), shape))
                .isEqualTo(new Reading.Accepted<>(defaults));
    }

    @Test
    void objectsWhoseKeysAreDataHaveNoUnknownFields() {
        assertThat(Fields.read(Json.tree("{\"any\": 1, \"thing\": 2}"), Fields::names))
                .isEqualTo(new Reading.Accepted<>(List.of("any", "thing")));
    }

    @Test
    void objectsOfAnArrayAreReadEach_withTheirPlaces() {
        Function<Fields, Object> shape = fields -> fields.objects("doors", 2, door -> door.text("name", 5));

        assertThat(Fields.read(Json.tree("{\"doors\": [{\"name\": \"a\"}, {\"name\": \"b\"}]}"), shape))
                .isEqualTo(new Reading.Accepted<Object>(List.of("a", "b")));
        assertThat(problems("{\"doors\": [{\"nane\": \"a\"}, 7]}", shape))
                .containsExactly(
                        "$.doors[0].name: is missing",
                        "$.doors[0].nane: is not a known field; did you mean name?",
                        "$.doors[1]: must be an object, not 7");
        assertThat(problems("{\"doors\": {}}", shape)).containsExactly("$.doors: must be an array, not an object");
    }

    private static Object everyType(Fields fields) {
        fields.integer("count", 1, 10, 1);
        fields.number("ratio", 0.1, 2, 1);
        fields.text("name", 5, "");
        fields.optionalText("code", Pattern.compile("\\d\\d"), "two digits");
        fields.choice("colour", Colour.class, Colour.RED);
        fields.texts("tags", 2, _ -> Optional.empty());
        fields.optionalObject("inner", inner -> inner.text("must", 5));
        return fields;
    }

    private static List<String> problems(String document, Function<Fields, Object> shape) {
        return switch (Fields.read(Json.tree(document), shape)) {
            case Reading.Accepted<Object> accepted -> List.of();
            case Reading.Refused<Object> refused ->
                refused.problems().stream().map(Problem::toString).toList();
        };
    }
}
