package dev.affray.cloud.function;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.affray.cloud.function", importOptions = DoNotIncludeTests.class)
class WallsTest {
    @ArchTest
    static final ArchRule settingsAndMetricsNeedOnlyTheEmbeddedMetricFormat = classes()
            .that()
            .resideInAPackage("dev.affray.cloud.function")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "org.jspecify..", "software.amazon.cloudwatchlogs.emf..", "dev.affray.cloud.function");

    @ArchTest
    static final ArchRule theLogNeedsOnlySlf4j = classes()
            .that()
            .resideInAPackage("dev.affray.cloud.function.log")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "org.jspecify..", "org.slf4j..", "dev.affray.document", "dev.affray.cloud.function.log");

    @ArchTest
    static final ArchRule onlySnapstartKnowsCrac = noClasses()
            .that()
            .resideOutsideOfPackage("dev.affray.cloud.function.snapstart")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.crac..");

    @ArchTest
    static final ArchRule nothingHereKnowsAStoreOrAnAwsService = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon.awssdk..", "com.amazonaws..", "dev.affray.cloud.state..");
}
