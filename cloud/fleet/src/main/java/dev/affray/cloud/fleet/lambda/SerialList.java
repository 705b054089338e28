package dev.affray.cloud.fleet.lambda;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The serial numbers of gateways to come: a DynamoDB table with the key {@code serial}, which people fill. An entry is good for one certificate, which
 * is written into it; asked again for the same certificate, the answer is the same.
 */
final class SerialList {
    private final DynamoDbClient client;
    private final String table;
    private final Clock clock;

    SerialList(DynamoDbClient client, String table, Clock clock) {
        this.client = client;
        this.table = table;
        this.clock = clock;
    }

    /** Uses up the entry for this certificate; false when there is none, or another certificate used it. */
    boolean take(String serial, String certificateId) {
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        try {
            var _ = client.updateItem(request -> request.tableName(table)
                    .key(Map.of("serial", AttributeValue.fromS(serial)))
                    .conditionExpression(
                            "attribute_exists(serial) AND (attribute_not_exists(certificate) OR certificate = :certificate)")
                    .updateExpression("SET certificate = :certificate, provisioned = :now")
                    .expressionAttributeValues(Map.of(
                            ":certificate", AttributeValue.fromS(certificateId), ":now", AttributeValue.fromS(now))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    /** Reads an entry that cannot be there. */
    void touch() {
        var _ = client.getItem(request ->
                request.tableName(table).key(Map.of("serial", AttributeValue.fromS("-".repeat(65)))));
    }
}
