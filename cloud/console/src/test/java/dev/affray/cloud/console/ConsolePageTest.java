package dev.affray.cloud.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConsolePageTest {
    private static final String HTML = text("index.html");
    private static final String SCRIPT = text("page.js");

    @Test
    void thePageNeedsNothingFromElsewhere() {
        for (String file : new String[] {"index.html", "page.css", "page.js"}) {
            assertThat(text(file)).doesNotContain("http://", "https://", "@import", "url(");
        }
    }

    @Test
    void everyFileThePageNamesIsServed() {
        Pattern reference = Pattern.compile("(?:src|href)=\"/([^\"]+)\"");
        assertThat(reference.matcher(HTML).results().map(match -> match.group(1)))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(ConsolePage.type(file)).isPresent());
    }

    @Test
    void nothingIsInline_soAStrictContentSecurityPolicyHolds() {
        assertThat(HTML)
                .doesNotContainPattern("<script(?![^>]*src=)")
                .doesNotContain("<style", " style=", "javascript:");
        assertThat(HTML).doesNotContainPattern("\\son[a-z]+=");
    }

    @Test
    void whatComesFromOutsideIsNeverReadAsMarkup() {
        assertThat(SCRIPT)
                .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "srcdoc");
    }

    @Test
    void everyElementTheScriptAsksForIsOnThePage() {
        assertThat(Pattern.compile("byId\\('([^']+)'\\)")
                        .matcher(SCRIPT)
                        .results()
                        .map(MatchResult::group))
                .isNotEmpty()
                .allSatisfy(call -> assertThat(HTML).contains("id=\"" + call.replaceAll("byId\\('|'\\)", "") + "\""));
    }

    @Test
    void otherFilesAreNotServed() {
        assertThat(ConsolePage.type("../ConsolePage.class")).isEmpty();
        assertThatThrownBy(() -> ConsolePage.bytes("../ConsolePage.class"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String text(String file) {
        return new String(ConsolePage.bytes(file), StandardCharsets.UTF_8);
    }
}
