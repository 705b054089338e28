package dev.affray.cloud.fleet.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affray.cloud.function.Output;
import dev.affray.cloud.function.runtime.Answer;
import dev.affray.cloud.function.runtime.FunctionProcess;
import dev.affray.cloud.function.runtime.RequestContext;
import dev.affray.cloud.state.dynamodb.Dynalite;
import dev.affray.cloud.state.dynamodb.DynamoCameraStore;
import dev.affray.cloud.state.dynamodb.Tables;
import dev.affray.document.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** The hook against DynamoDB's protocol, in this process and as the jar that Lambda gets. */
class ProvisioningFunctionIT {
    private static final String ARN = "arn:aws:iot:eu-central-1:123456789012:provisioningtemplate/";
    private static final String NO = "{\"allowProvisioning\":false,\"parameterOverrides\":{}}";

    private final Dynalite dynamo = Dynalite.shared();
    private final DynamoDbClient client = dynamo.client();
    private final Tables tables = Tables.in(client);
    private final String serials = "serials-" + UUID.randomUUID();
    private final DynamoCameraStore cameras = new DynamoCameraStore(client, tables.fleet());

    @BeforeEach
    void list() throws InterruptedException {
        client.createTable(table -> table.tableName(serials)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key -> key.attributeName("serial").keyType(KeyType.HASH))
                .attributeDefinitions(key -> key.attributeName("serial").attributeType(ScalarAttributeType.S)));
        awaitStatus(TableStatus.ACTIVE.toString());
        client.putItem(item -> item.tableName(serials).item(Map.of("serial", AttributeValue.fromS("4711"))));
    }

    /** Like DynamoDB itself, dynalite answers before it has made or deleted a table. */
    private void awaitStatus(String status) throws InterruptedException {
        while (!status().equals(status)) {
            Thread.sleep(10);
        }
    }

    private String status() {
        try {
            return client.describeTable(table -> table.tableName(serials))
                    .table()
                    .tableStatusAsString();
        } catch (ResourceNotFoundException e) {
            return "gone";
        }
    }

    @AfterEach
    void close() {
        client.close();
    }

    private static String request(String template, String clientId, String certificate, String serial) {
        return Json.write(Map.of(
                "claimCertificateId",
                "c".repeat(64),
                "certificateId",
                certificate,
                "certificatePem",
                "-----BEGIN CERTIFICATE-----",
                "templateArn",
                ARN + template,
                "clientId",
                clientId,
                "parameters",
                Map.of("SerialNumber", serial)));
    }

    private static String claim(String certificate, String serial) {
        return request("affray-gateway", "claim-" + serial, certificate, serial);
    }

    private static String allowed(String thing) {
        return "{\"allowProvisioning\":true,\"parameterOverrides\":{\"ThingName\":\"" + thing + "\"}}";
    }

    private String ask(String event) {
        Clock clock = Clock.fixed(Instant.parse("2026-11-20T07:30:00Z"), ZoneOffset.UTC);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            new ProvisioningFunction(
                            new SerialList(client, serials, clock), cameras, "affray-gateway", "affray-gateway-renewal")
                    .handleRequest(
                            new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
                            answer,
                            new RequestContext("r-1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    private Map<String, AttributeValue> entry() {
        return client.getItem(item -> item.tableName(serials)
                        .key(Map.of("serial", AttributeValue.fromS("4711")))
                        .consistentRead(true))
                .item();
    }

    @Test
    void aSerialNumberOnTheListBecomesAGateway_once() {
        assertThat(ask(claim("first", "4711"))).isEqualTo(allowed("4711"));
        assertThat(entry())
                .containsEntry("certificate", AttributeValue.fromS("first"))
                .containsEntry("provisioned", AttributeValue.fromS("2026-11-20T07:30:00Z"));

        assertThat(ask(claim("second", "4711"))).isEqualTo(NO);
        assertThat(ask(claim("first", "4711")))
                .as("AWS IoT asks again for the same certificate")
                .isEqualTo(allowed("4711"));
    }

    @Test
    void aSerialNumberThatIsNotOnTheListIsRefused_andNotPutThere() {
        assertThat(ask(claim("first", "4712"))).isEqualTo(NO);
        assertThat(client.scan(scan -> scan.tableName(serials)).count()).isEqualTo(1);
    }

    @Test
    void theNameOfAGatewayThatIsThereIsRefused_andTheEntryNotUsedUp() {
        cameras.putPresence("4711", false, Instant.parse("2026-11-19T07:30:00Z"));

        assertThat(ask(claim("first", "4711"))).isEqualTo(NO);
        assertThat(entry()).doesNotContainKey("certificate");
    }

    @Test
    void aGatewayRenewsForItself_whateverItSays() {
        assertThat(ask(request("affray-gateway-renewal", "gateway-1", "next", "gateway-2")))
                .isEqualTo(allowed("gateway-1"));
    }

    @ParameterizedTest
    @CsvSource({
        "affray-gateway, claim-4712, 4711",
        "affray-gateway, 4711, 4711",
        "affray-gateway, gateway-1, 4711",
        "affray-gateway-renewal, claim-4711, 4711",
        "other, claim-4711, 4711",
        "affray-gateway, claim-claim-1, claim-1",
        "affray-gateway-renewal, a/b, 4711",
    })
    void aClientThatMayNotIsRefused(String template, String clientId, String serial) {
        List<String> log = Output.of(() ->
                assertThat(ask(request(template, clientId, "first", serial))).isEqualTo(NO));
        assertThat(log.getFirst()).contains("provisioning is refused");
        assertThat(log.getLast()).contains("\"ProvisioningRefused\":1");
        assertThat(entry()).doesNotContainKey("certificate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"templateArn\":\"x\",\"clientId\":\"c\",\"certificateId\":\"1\"}"})
    void whatIsNoRequestIsRefused(String event) {
        assertThat(ask(event)).isEqualTo(NO);
    }

    @Test
    void aTableThatIsNotThereIsNoPermission() throws InterruptedException {
        client.deleteTable(table -> table.tableName(serials));
        awaitStatus("gone");

        assertThatThrownBy(() -> ask(claim("first", "4711"))).isInstanceOf(RuntimeException.class);
    }

    @Test
    void theJarDoesTheSame() throws IOException {
        Map<String, String> environment = Map.of(
                "SERIALS_TABLE",
                serials,
                "FLEET_TABLE",
                tables.fleet(),
                "GATEWAY_TEMPLATE",
                "affray-gateway",
                "RENEWAL_TEMPLATE",
                "affray-gateway-renewal",
                "AWS_ENDPOINT_URL_DYNAMODB",
                dynamo.endpoint().toString());
        try (FunctionProcess function =
                FunctionProcess.start(FunctionProcess.jar(), ProvisioningFunction.class.getName(), environment)) {
            assertThat(function.invoke(claim("first", "4711")))
                    .isInstanceOfSatisfying(
                            Answer.Response.class,
                            answer -> assertThat(answer.body()).isEqualTo(allowed("4711")));
            assertThat(function.invoke(claim("second", "4711")))
                    .isInstanceOfSatisfying(
                            Answer.Response.class,
                            answer -> assertThat(answer.body()).isEqualTo(NO));
        }
    }
}
