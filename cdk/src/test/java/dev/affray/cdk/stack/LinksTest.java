package dev.affray.cdk.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.cdk.stack.Resources.Resource;
import org.junit.jupiter.api.Test;

/** What phones reach in AWS. */
@NeedsNode
class LinksTest {
    private final Resources stack = Synthesized.EDGE_SCORE.stack();

    @Test
    void theApiHasThePagesOfLinks_andNoOtherPath_noOtherMethod_andNoOtherOrigin() {
        assertThat(stack.of("AWS::ApiGatewayV2::Route"))
                .extracting(route -> route.text("/RouteKey"))
                .containsExactlyInAnyOrder("GET /i/{proxy+}", "HEAD /i/{proxy+}", "POST /i/{proxy+}");
        assertThat(stack.of("AWS::ApiGatewayV2::Api")).singleElement().satisfies(api -> {
            assertThat(api.text("/ProtocolType")).isEqualTo("HTTP");
            assertThat(api.at("/CorsConfiguration").isMissingNode()).isTrue();
        });
    }

    @Test
    void requestsAreThrottled_andLoggedWithoutWhatALinkIsMadeOf() {
        Resource stage = stack.one("AWS::ApiGatewayV2::Stage", "Links");

        assertThat(stage.at("/DefaultRouteSettings/ThrottlingRateLimit").asInt())
                .isEqualTo(50);
        assertThat(stage.at("/DefaultRouteSettings/ThrottlingBurstLimit").asInt())
                .isEqualTo(200);
        assertThat(stage.text("/AccessLogSettings/Format"))
                .contains("$context.routeKey", "$context.status")
                .doesNotContain("path", "Path", "rawQuery", "sourceIp");
    }

    @Test
    void onlyTheApiMayCallTheFunction_andOnlyByThatPath() {
        JsonNode permission = stack.of("AWS::Lambda::Permission").stream()
                .filter(p -> p.text("/Principal").equals("apigateway.amazonaws.com"))
                .map(p -> p.at(""))
                .findFirst()
                .orElseThrow();

        assertThat(permission.path("SourceArn").asText()).endsWith("<LinksApi>/*/*/i/{proxy+}");
        assertThat(permission.path("FunctionName").asText()).contains("LinksFunctionLive");
    }

    @Test
    void theKeysAreMadeByAws_andStandNowhereInTheTemplate() {
        Resource secret = stack.one("AWS::SecretsManager::Secret", "Links");

        assertThat(secret.at("/SecretString").isMissingNode()).isTrue();
        assertThat(secret.at("/GenerateSecretString/PasswordLength").asInt()).isEqualTo(64);
        assertThat(secret.at("/GenerateSecretString/ExcludePunctuation").asBoolean())
                .isTrue();
        assertThat(stack.one("AWS::Lambda::Function", "Links").text("/Environment/Variables/LINK_SECRET_ARN"))
                .isEqualTo("<LinksKeys>");
    }

    @Test
    void alertsLinkToTheApi_orToADomainOfOnesOwn() {
        Resource alerting = stack.one("AWS::Lambda::Function", "Alerting");
        assertThat(alerting.text("/Environment/Variables/LINK_BASE_URL")).isEqualTo("<LinksApi.ApiEndpoint>");
        assertThat(alerting.text("/Environment/Variables/LINK_DAYS")).isEqualTo("5");
        assertThat(Synthesized.MODERATION
                        .stack()
                        .one("AWS::Lambda::Function", "Alerting")
                        .text("/Environment/Variables/LINK_BASE_URL"))
                .isEqualTo(Synthesized.OWN_NAME);
    }
}
