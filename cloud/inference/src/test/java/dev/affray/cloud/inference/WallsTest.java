package dev.affray.cloud.inference;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;

@AnalyzeClasses(packages = "dev.affray.cloud.inference", importOptions = DoNotIncludeTests.class)
class WallsTest {
    private static final String TOP = "dev.affray.cloud.inference";

    @ArchTest
    static final ArchRule THE_CORE_KNOWS_THE_PORTS_AND_NOTHING_BEHIND_THEM = only(TOP);

    @ArchTest
    static final ArchRule ONLY_REKOGNITION_KNOWS_REKOGNITION = only(
            TOP + ".rekognition",
            TOP,
            "software.amazon.awssdk.core..",
            "software.amazon.awssdk.awscore..",
            "software.amazon.awssdk.retries.api..",
            "software.amazon.awssdk.services.rekognition..");

    @ArchTest
    static final ArchRule ONLY_SQS_KNOWS_SQS =
            only(TOP + ".sqs", TOP, "software.amazon.awssdk.core..", "software.amazon.awssdk.services.sqs..");

    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_FUNCTION = noClasses()
            .that()
            .resideOutsideOfPackage(TOP + ".lambda")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(TOP + ".lambda", "com.amazonaws..", "org.crac..", "dev.affray.cloud.function..");

    private static ArchRule only(String room, String... more) {
        List<String> allowed = new ArrayList<>(List.of(
                "java..",
                "com.fasterxml.jackson..",
                "org.jspecify..",
                "org.slf4j..",
                "dev.affray.cloud.state",
                "dev.affray.camera..",
                "dev.affray.document..",
                "dev.affray.frame..",
                "dev.affray.health..",
                "dev.affray.incident..",
                room));
        allowed.addAll(List.of(more));
        return classes()
                .that()
                .resideInAPackage(room)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new));
    }
}
