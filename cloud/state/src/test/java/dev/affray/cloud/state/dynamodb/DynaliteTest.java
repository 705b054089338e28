package dev.affray.cloud.state.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynaliteTest {
    @Test
    void eachTestGetsTablesOfItsOwn_onOneServer() {
        try (DynamoDbClient client = Dynalite.shared().client()) {
            Tables some = Tables.in(client);
            Tables others = Tables.in(client);

            assertThat(client.listTablesPaginator().tableNames())
                    .contains(some.heads(), others.heads(), some.fleet(), others.detections());
            assertThat(Dynalite.shared()).isSameAs(Dynalite.shared());
        }
    }
}
