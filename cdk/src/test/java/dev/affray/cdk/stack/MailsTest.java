package dev.affray.cdk.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.cdk.stack.Resources.Resource;
import dev.affray.document.Json;
import dev.affray.document.Reading;
import dev.affray.incident.Severity;
import dev.affray.recipient.Filter;
import dev.affray.recipient.MailRecipients;
import dev.affray.recipient.Recipient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mails through SES, where the settings name a sender; {@code MODERATION} does. */
@NeedsNode
class MailsTest {
    private final Resources stack = Synthesized.MODERATION.stack();

    @ParameterizedTest
    @ValueSource(strings = {"Alerting", "Tick"})
    void bothFunctionsAreToldWhoSendsAndWhoIsToldAndWhereThePicturesAre(String name) {
        Resource function = stack.one("AWS::Lambda::Function", name);
        assertThat(function.text("/Environment/Variables/MAIL_FROM")).isEqualTo("alerts@school.example");
        assertThat(function.text("/Environment/Variables/RECIPIENTS_FILE")).isEqualTo("/opt/recipients.json");
        assertThat(function.text("/Environment/Variables/BUCKET")).isEqualTo("<FramesBucket>");
        assertThat(function.texts("/Layers")).containsExactly("<MailsRecipients>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AlertingFunctionRole", "TickFunctionRole"})
    void bothMaySendAsThatSenderOnly_andReadFrames(String role) {
        List<JsonNode> statements = stack.of("AWS::IAM::Policy").stream()
                .filter(policy -> policy.id().startsWith(role))
                .flatMap(policy -> policy.at("/PolicyDocument/Statement").valueStream())
                .toList();
        assertThat(statements)
                .filteredOn(statement -> statement.path("Action").asText().equals("ses:SendRawEmail"))
                .singleElement()
                .satisfies(statement -> {
                    assertThat(Resources.texts(statement.path("Resource")))
                            .containsExactly(
                                    "arn:<AWS::Partition>:ses:eu-central-1:123456789012:identity/alerts@school.example",
                                    "arn:<AWS::Partition>:ses:eu-central-1:123456789012:identity/school.example");
                    assertThat(statement
                                    .at("/Condition/StringEquals/ses:FromAddress")
                                    .asText())
                            .isEqualTo("alerts@school.example");
                });
        assertThat(statements)
                .filteredOn(statement -> statement.path("Action").asText().equals("s3:GetObject"))
                .singleElement()
                .satisfies(statement -> assertThat(Resources.texts(statement.path("Resource")))
                        .containsExactly("<FramesBucket.Arn>/live/*", "<FramesBucket.Arn>/backlog/*"));
    }

    @Test
    void theListIsWhatTheSettingsSay() throws IOException {
        Path out = Path.of("target", "cdk.out-" + Synthesized.MODERATION.name());
        try (Stream<Path> files = Files.walk(out)) {
            Path list = files.filter(file -> file.endsWith("recipients.json"))
                    .findFirst()
                    .orElseThrow();
            assertThat(MailRecipients.read(Json.tree(Files.readAllBytes(list))))
                    .isEqualTo(new Reading.Accepted<>(new MailRecipients(
                            List.of(
                                    new Recipient("guard@example.org", Filter.ALL),
                                    new Recipient(
                                            "head@example.org",
                                            new Filter(
                                                    List.of("Lincoln School"),
                                                    List.of("gateway-1/door", "yard"),
                                                    List.of(),
                                                    Severity.HIGH))),
                            Synthesized.all("head@example.org"),
                            Synthesized.all("it@example.org"))));
        }
    }

    @Test
    void snsSendsNoMailButTheStacksAlarms() {
        assertThat(stack.of("AWS::SNS::Subscription").stream()
                        .filter(subscription -> subscription.text("/Protocol").equals("email"))
                        .map(subscription -> subscription.text("/TopicArn") + " " + subscription.text("/Endpoint") + " "
                                + subscription.text("/FilterPolicyScope") + " " + subscription.at("/FilterPolicy")))
                .containsExactly("<TopicsOperations> it@example.org MessageBody {\"AlarmName\":[{\"exists\":true}]}");
    }

    @Test
    void withoutASenderNothingOfItIsThere() {
        Resources without = Synthesized.EDGE_SCORE.stack();
        assertThat(without.all()).noneMatch(resource -> resource.type().equals("AWS::Lambda::LayerVersion"));
        assertThat(without.one("AWS::Lambda::Function", "Alerting")
                        .at("/Environment/Variables")
                        .has("MAIL_FROM"))
                .isFalse();
    }
}
