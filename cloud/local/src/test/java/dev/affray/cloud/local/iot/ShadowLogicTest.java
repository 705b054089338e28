package dev.affray.cloud.local.iot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.cloud.local.iot.ShadowAnswer.Found;
import dev.affray.cloud.local.iot.ShadowAnswer.Rejected;
import dev.affray.cloud.local.iot.ShadowAnswer.Updated;
import dev.affray.document.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShadowLogicTest {
    private static final Instant FIRST = Instant.ofEpochSecond(1000);
    private static final Instant SECOND = Instant.ofEpochSecond(2000);

    private static Shadow shadow(String state) {
        return ((Updated) update(null, 0, "{'state':" + state + "}", FIRST)).after();
    }

    private static ShadowAnswer update(Shadow held, String body) {
        return update(held, held.version(), body, SECOND);
    }

    private static ShadowAnswer update(Shadow held, long version, String body, Instant now) {
        return ShadowLogic.update(held, version, request(body), now);
    }

    private static ShadowRequest request(String body) {
        return ShadowRequest.parse(json(body).getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    /** Apostrophes for quotes keep the tables readable. */
    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static void assertSame(JsonNode actual, String expected) {
        assertThat(actual.toString()).isEqualTo(json(expected));
    }

    @ParameterizedTest(name = "{0} + {1} = {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'desired':{'a':1}} | {'desired':{'b':2}} | {'desired':{'a':1,'b':2}}",
                "{'desired':{'a':1}} | {'reported':{'a':2}} | {'desired':{'a':1},'reported':{'a':2}}",
                "{'desired':{'a':1,'b':2}} | {'desired':{'a':null}} | {'desired':{'b':2}}",
                "{'desired':{'a':1}} | {'desired':{'a':null}} | {}",
                "{'desired':{'a':1},'reported':{'a':1}} | {'desired':null} | {'reported':{'a':1}}",
                "{'desired':{'a':1},'reported':{'a':1}} | {'reported':null} | {'desired':{'a':1}}",
                "{'desired':{'o':{'x':1,'y':2}}} | {'desired':{'o':{'x':3}}} | {'desired':{'o':{'x':3,'y':2}}}",
                "{'desired':{'o':{'x':1,'y':2}}} | {'desired':{'o':{'x':null}}} | {'desired':{'o':{'y':2}}}",
                "{'desired':{'o':{'x':1}}} | {'desired':{'o':5}} | {'desired':{'o':5}}",
                "{'desired':{'o':5}} | {'desired':{'o':{'x':1,'n':null}}} | {'desired':{'o':{'x':1}}}",
                "{'desired':{'l':[1,2,3]}} | {'desired':{'l':[4]}} | {'desired':{'l':[4]}}",
                "{'desired':{'a':1}} | {} | {'desired':{'a':1}}",
                "{'desired':{'n':1}} | {'desired':{'n':1.50}} | {'desired':{'n':1.50}}",
                "{'desired':{'n':1.0}} | {'desired':{'n':9007199254740993}} | {'desired':{'n':9007199254740993}}",
            })
    void mergesAnUpdateIntoTheState(String held, String state, String expected) {
        Updated updated = (Updated) update(shadow(held), "{'state':" + state + "}");

        assertSame(updated.after().state(), expected);
        assertThat(updated.after().version()).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'desired':{'a':1},'reported':{'a':1}} | {}",
                "{'desired':{'a':1},'reported':{'a':1.0}} | {}",
                "{'desired':{'l':[1,{'x':2}]},'reported':{'l':[1.0,{'x':2}]}} | {}",
                "{'desired':{'a':1}} | {'a':1}",
                "{'desired':{'a':1},'reported':{'a':'1'}} | {'a':1}",
                "{'reported':{'a':1}} | {}",
                "{'desired':{'a':1},'reported':{'a':1,'b':2}} | {}",
                "{'desired':{'o':{'x':1,'y':2}},'reported':{'o':{'x':1,'y':3}}} | {'o':{'y':2}}",
                "{'desired':{'o':{'x':1}},'reported':{'o':1}} | {'o':{'x':1}}",
                "{'desired':{'l':[1,2]},'reported':{'l':[2,1]}} | {'l':[1,2]}",
            })
    void findsWhatIsDesiredAndNotReported(String state, String expected) {
        assertSame(shadow(state).delta(), expected);
    }

    @ParameterizedTest(name = "{0} -> {1} {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | 400 | Missing required node: state",
                "{'state':5} | 400 | State node must be an object",
                "{'state':null} | 400 | State node must be an object",
                "{'state':{'desired':5}} | 400 | Desired node must be an object",
                "{'state':{'reported':[]}} | 400 | Reported node must be an object",
                "{'state':{'wanted':{}}} | 400 | State contains an invalid node: 'wanted'",
                "{'state':{},'version':'1'} | 400 | Invalid version",
                "{'state':{},'version':1.5} | 400 | Invalid version",
                "{'state':{},'version':-1} | 400 | Invalid version",
                "{'state':{},'clientToken':7} | 400 | Invalid clientToken",
                "{'state':{},'version':7} | 409 | Version conflict",
            })
    void refusesABadUpdate_inTheWordsOfAwsIot(String body, int code, String message) {
        assertThat(update(shadow("{'desired':{'a':1}}"), body)).isEqualTo(new Rejected(code, message));
    }

    @Test
    void acceptsAnUpdate_thatNamesTheVersionInForce() {
        assertThat(update(shadow("{}"), "{'state':{},'version':1}")).isInstanceOf(Updated.class);
        assertThat(update(null, 0, "{'state':{},'version':0}", FIRST)).isInstanceOf(Updated.class);
        assertThat(update(null, 4, "{'state':{},'version':0}", FIRST)).isEqualTo(new Rejected(409, "Version conflict"));
    }

    @Test
    void refusesMoreThanEightLevels_belowDesired() {
        String eight = "{'a':".repeat(8) + "{}" + "}".repeat(8);
        String nine = "{'a':".repeat(9) + "{}" + "}".repeat(9);

        assertThat(update(null, 0, "{'state':{'desired':" + eight + "}}", FIRST))
                .isInstanceOf(Updated.class);
        assertThat(update(null, 0, "{'state':{'desired':" + nine + "}}", FIRST))
                .isEqualTo(new Rejected(400, "JSON contains too many levels of nesting; maximum is 8"));
    }

    @Test
    void refusesAStateOfMoreThanEightKilobytes_countingBothHalves() {
        String frame = "{\"desired\":{\"a\":\"\"}}";
        String fits = "x".repeat(ShadowLogic.LARGEST_BYTES - frame.length());

        Updated full = (Updated) update(null, 0, "{'state':{'desired':{'a':'" + fits + "'}}}", FIRST);
        assertThat(update(full.after(), "{'state':{'reported':{'b':1}}}"))
                .isEqualTo(new Rejected(413, "The payload exceeds the maximum size allowed"));
    }

    @Test
    void answersAnUpdate_withWhatItSaidAndWhen() {
        Updated updated = (Updated) update(
                shadow("{'desired':{'a':1,'b':1}}"), "{'state':{'desired':{'a':null,'l':[1,{'x':2}],'o':{'k':3}}}}");

        assertSame(
                updated.accepted(),
                "{'state':{'desired':{'a':null,'l':[1,{'x':2}],'o':{'k':3}}},'metadata':{'desired':{"
                        + "'l':[{'timestamp':2000},{'x':{'timestamp':2000}}],'o':{'k':{'timestamp':2000}}}},'version':2}");
    }

    @Test
    void keepsTheTimeOfEachField() {
        Shadow held = shadow("{'desired':{'a':1,'o':{'x':1,'y':1}},'reported':{'a':1}}");

        Updated updated = (Updated) update(held, "{'state':{'desired':{'o':{'x':2}}}}");

        assertSame(
                updated.after().document().get("metadata"),
                "{'desired':{'a':{'timestamp':1000},'o':{'x':{'timestamp':2000},'y':{'timestamp':1000}}},"
                        + "'reported':{'a':{'timestamp':1000}}}");
        assertSame(
                updated.delta().orElseThrow(),
                "{'state':{'o':{'x':2,'y':1}},'metadata':{'o':{'x':{'timestamp':2000},'y':{'timestamp':1000}}},'version':2}");
    }

    @Test
    void tellsOfADelta_alsoWhenOnlyTheReportedHalfChanged() {
        Shadow held = shadow("{'desired':{'a':1,'b':1}}");

        Updated partly = (Updated) update(held, "{'state':{'reported':{'a':1}}}");
        Updated wholly = (Updated) update(held, "{'state':{'reported':{'a':1,'b':1}}}");

        assertSame(partly.delta().orElseThrow().get("state"), "{'b':1}");
        assertThat(wholly.delta()).isEmpty();
    }

    @Test
    void documentsTheShadowBeforeAndAfter() {
        Updated created = (Updated) update(null, 0, "{'state':{'desired':{'a':1}}}", FIRST);
        Updated changed = (Updated) update(created.after(), "{'state':{'reported':{'a':1}}}");

        assertThat(created.documents().get("previous").isNull()).isTrue();
        assertSame(
                changed.documents(),
                "{'previous':{'state':{'desired':{'a':1}},'metadata':{'desired':{'a':{'timestamp':1000}}},'version':1},"
                        + "'current':{'state':{'desired':{'a':1},'reported':{'a':1}},'metadata':{"
                        + "'desired':{'a':{'timestamp':1000}},'reported':{'a':{'timestamp':2000}}},'version':2}}");
    }

    @Test
    void getsTheWholeShadow_withItsDelta() {
        Found found = (Found) ShadowLogic.get("s", shadow("{'desired':{'a':1}}"), request("{}"));

        assertSame(
                found.accepted(),
                "{'state':{'desired':{'a':1},'delta':{'a':1}},'metadata':{'desired':{'a':{'timestamp':1000}}},'version':1}");
        assertThat(ShadowLogic.get("s", null, request("{}")))
                .isEqualTo(new Rejected(404, "No shadow exists with name: 's'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':1} | {'a':2}",
                "{'a':{'x':1,'y':2},'b':1} | {'a':{'y':3}}",
                "{'a':{'x':1}} | {'a':5}",
                "{'a':5} | {'a':{'x':[1]}}",
                "{'a':{'x':1}} | {'a':{}}",
                "{'a':1} | {}",
                "{} | {'a':{'b':{}}}"
            },
            quoteCharacter = '`')
    void patchesOneStateIntoExactlyAnother(String from, String to) {
        Shadow held = shadow("{'desired':" + from + "}");
        var wanted = (com.fasterxml.jackson.databind.node.ObjectNode) Json.tree(json(to));

        Section after = held.desiredSection().merged(held.desiredSection().patchTo(wanted), 5);

        assertThat(after.state()).isEqualTo(wanted);
    }
}
