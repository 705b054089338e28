package dev.affray.cloud.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls of the local edition: each room imitates one service with one foreign server, and only the top package joins them. */
@AnalyzeClasses(packages = "dev.affray.cloud.local", importOptions = DoNotIncludeTests.class)
class WallsTest {
    private static final String TOP = "dev.affray.cloud.local";

    @ArchTest
    static final ArchRule theAgentIsAProcessAndNotALibrary = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.affray.agent..")
            .because("it speaks to the edition over the wire, as it does to AWS");

    @ArchTest
    static final ArchRule roomsDoNotKnowWhoJoinsThem = noClasses()
            .that()
            .resideOutsideOfPackage(TOP)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(TOP);

    @ArchTest
    static final ArchRule roomsDoNotKnowEachOther = slices().matching(TOP + ".(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(Predicates.resideInAPackage(TOP + ".iot"), Predicates.resideInAPackage(TOP + ".pki"))
            .because("only the broker and the credentials endpoint need certificates");

    @ArchTest
    static final ArchRule onlyStoreKnowsS3Proxy = only("store", "org.gaul..");

    @ArchTest
    static final ArchRule onlyQueueKnowsElasticMq =
            only("queue", "org.elasticmq..", "org.apache.pekko..", "scala..", "scalikejdbc..");

    @ArchTest
    static final ArchRule onlyIotKnowsHiveMq = only("iot", "com.hivemq..");

    @ArchTest
    static final ArchRule onlyPkiKnowsBouncyCastle = only("pki", "org.bouncycastle..");

    @ArchTest
    static final ArchRule onlyMailKnowsMailServersAndClients =
            only("mail", "com.icegreen..", "jakarta.mail..", "org.eclipse.angus..", "jakarta.activation..");

    @ArchTest
    static final ArchRule onlyWebKnowsJavalin = only("web", "io.javalin..", "org.eclipse.jetty..");

    private static ArchRule only(String room, String... foreign) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(TOP + "." + room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(foreign);
    }
}
