package dev.affray.cloud.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.cloud.state.Step;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The HTML as a parser sees it. */
class MailHtmlTest {
    private static final List<String> HOSTILE = List.of(
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "' onmouseover='alert(1)",
            "</title></style></td><iframe src=//evil.example>",
            "&lt;b&gt; &amp; <b>",
            "<!-- --><![CDATA[ ]]>",
            "%s %n {0}",
            "\u202e\u2066drawkcab");

    @Test
    void noNameBecomesMarkup() throws Exception {
        List<String> harmless = structure(mail("Door", "School", "Ana").html());
        for (String name : HOSTILE) {
            AlertMail mail = mail(name, name, name);

            assertThat(structure(mail.html())).as(name).isEqualTo(harmless);
            assertThat(parsed(mail.html()).getDocumentElement().getTextContent())
                    .contains(Fact.plain(name) + ", " + Fact.plain(name));
            assertThat(structure(AlertMail.of(new Digest(List.of(Alerts.named(name, name))))
                            .html()))
                    .isEqualTo(structure(AlertMail.of(new Digest(List.of(Alerts.named("Door", "School"))))
                            .html()));
        }
    }

    @Test
    void aNameIsOneLine_andDoesNotTurnTheOthersRound() {
        AlertMail mail = AlertMail.of(Alerts.named("Door\r\nBcc: all@example.org\u2028x", "a\u202eb\u2066c"));

        assertThat(mail.subject()).isEqualTo("Possible fight: Door Bcc: all@example.org x, abc, 22:14:05 CEST");
        assertThat(mail.text().lines()).noneMatch(line -> line.startsWith("Bcc"));
    }

    @Test
    void nothingComesFromElsewhere_andNothingRuns() throws Exception {
        for (Alert alert : Alerts.all()) {
            AlertMail mail = AlertMail.of(alert, alert.incident().bestFrames());
            for (String element : structure(mail.html())) {
                assertThat(element).doesNotStartWith("script").doesNotContain(" on");
            }
            NodeList links = parsed(mail.html()).getElementsByTagName("a");
            assertThat(links.getLength()).isEqualTo(alert.page().isPresent() ? 2 : 0);
            for (int i = 0; i < links.getLength(); i++) {
                assertThat(((Element) links.item(i)).getAttribute("href")).isEqualTo(Alerts.PAGE.toString());
            }
            assertThat(mail.html()).doesNotContain("url(", "src=\"http");
        }
    }

    private static AlertMail mail(String camera, String site, String lead) {
        Alert alert = Alerts.with(
                Alerts.named(camera, site),
                true,
                Optional.of(new Alert.Lead("fedcba987654", lead)),
                Optional.of(Alerts.PAGE));
        assertThat(alert.step()).isEqualTo(Step.OPENED);
        return AlertMail.of(alert, alert.incident().bestFrames());
    }

    /** The elements in order, each with the names of its attributes. */
    private static List<String> structure(String html) throws Exception {
        List<String> structure = new ArrayList<>();
        NodeList elements = parsed(html).getElementsByTagName("*");
        for (int i = 0; i < elements.getLength(); i++) {
            StringBuilder element = new StringBuilder(elements.item(i).getNodeName());
            NamedNodeMap attributes = elements.item(i).getAttributes();
            for (int j = 0; j < attributes.getLength(); j++) {
                element.append(' ').append(attributes.item(j).getNodeName());
            }
            structure.add(element.toString());
        }
        return structure;
    }

    private static Document parsed(String html) throws Exception {
        DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        return parser.parse(new InputSource(new StringReader(html)));
    }
}
