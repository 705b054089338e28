package dev.affray.cloud.alerting.promises;

import dev.affray.cloud.state.dynamodb.Dynalite;
import dev.affray.cloud.state.dynamodb.Tables;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Of AWS. */
@AddLifecycleHook(DynamoPromisesTest.WhereDynaliteIs.class)
class DynamoPromisesTest {
    private static final int TRIES = 2;
    private static DynamoDbClient client;
    private static Tables tables;
    private static Tables others;

    @BeforeContainer
    static void open() {
        client = Dynalite.shared().client();
        tables = Tables.in(client);
        others = Tables.in(client);
    }

    @StatisticsReport(StatisticsReportMode.OFF)
    @Property(tries = TRIES)
    void settledIncidentsAreThoseOfTheDefinition_andEachIsAnnouncedOnce(
            @ForAll("films") List<Film> films, @ForAll long seed) {
        new Promises(Stores.dynamo(client, tables), films, seed).settledIncidentsAreThoseOfTheDefinition();
    }

    @StatisticsReport(StatisticsReportMode.OFF)
    @Property(tries = TRIES)
    void announcementsAreThoseOfTheOrderedStream_whileDisplacementIsBounded(
            @ForAll("films") List<Film> films, @ForAll long seed) {
        new Promises(Stores.dynamo(client, tables), films, seed)
                .announcementsAreThoseOfTheOrderedStream(Stores.dynamo(client, others));
    }

    /** jqwik takes an assumption that fails before the properties for a failure. */
    static final class WhereDynaliteIs implements SkipExecutionHook {
        @Override
        public SkipResult shouldBeSkipped(LifecycleContext context) {
            return Dynalite.missing().map(SkipResult::skip).orElseGet(SkipResult::doNotSkip);
        }
    }

    @Provide
    Arbitrary<List<Film>> films() {
        return Films.ofOneGateway();
    }
}
