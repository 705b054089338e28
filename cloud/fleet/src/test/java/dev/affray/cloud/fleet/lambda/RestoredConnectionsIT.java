package dev.affray.cloud.fleet.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.cloud.function.runtime.Answer;
import dev.affray.cloud.function.runtime.FunctionProcess;
import dev.affray.cloud.function.runtime.Start;
import dev.affray.cloud.state.dynamodb.Dynalite;
import dev.affray.cloud.state.dynamodb.Tables;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A function restored from a snapshot holds the connections that priming opened, and nobody is at their other end. */
class RestoredConnectionsIT {
    @Test
    void connectionsThatWereClosedMeanwhileAreMadeAnew() throws IOException {
        worksAfter(Wire::cut);
    }

    @Test
    void connectionsThatAreDeadWithoutAWordAreGivenUp() throws IOException {
        worksAfter(Wire::freeze);
    }

    private static void worksAfter(Consumer<Wire> damage) throws IOException {
        Dynalite dynamo = Dynalite.shared();
        try (DynamoDbClient client = dynamo.client();
                Wire wire = new Wire(dynamo.endpoint());
                FunctionProcess function = FunctionProcess.startWithSnapStart(
                        FunctionProcess.jar(),
                        FleetFunction.class.getName(),
                        Map.of(
                                "FLEET_TABLE",
                                Tables.in(client).fleet(),
                                "AWS_ENDPOINT_URL_DYNAMODB",
                                wire.endpoint().toString()))) {
            assertThat(function.started()).isInstanceOf(Start.Ready.class);
            assertThat(wire.connections()).as("opened by priming").isEqualTo(1);

            damage.accept(wire);

            assertThat(function.invoke(Events.of(Events.PRESENCE, "{\"online\":true}")))
                    .isInstanceOf(Answer.Response.class);
            assertThat(wire.connections()).isGreaterThan(1);
        }
    }
}
