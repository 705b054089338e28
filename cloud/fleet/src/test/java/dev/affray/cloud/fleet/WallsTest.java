package dev.affray.cloud.fleet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.affray.cloud.fleet", importOptions = DoNotIncludeTests.class)
class WallsTest {
    @ArchTest
    static final ArchRule fleetNeedsOnlyTheContractsAndThePorts = classes()
            .that()
            .resideInAPackage("dev.affray.cloud.fleet")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "com.fasterxml.jackson.databind",
                    "org.slf4j",
                    "org.jspecify..",
                    "dev.affray.camera",
                    "dev.affray.command",
                    "dev.affray.document",
                    "dev.affray.frame",
                    "dev.affray.health",
                    "dev.affray.incident",
                    "dev.affray.cloud.state",
                    "dev.affray.cloud.fleet");

    @ArchTest
    static final ArchRule onlyRekognitionAsksRekognition = classes()
            .that()
            .resideInAPackage("dev.affray.cloud.fleet.rekognition")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "software.amazon.awssdk.core..",
                    "software.amazon.awssdk.awscore..",
                    "software.amazon.awssdk.services.rekognition..",
                    "dev.affray.cloud.fleet",
                    "dev.affray.cloud.fleet.rekognition");

    @ArchTest
    static final ArchRule theFunctionTranslatesAndWires = classes()
            .that()
            .resideInAPackage("dev.affray.cloud.fleet.lambda")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "com.fasterxml.jackson.databind",
                    "org.slf4j",
                    "org.jspecify..",
                    "com.amazonaws.services.lambda.runtime",
                    "software.amazon.awssdk..",
                    "dev.affray.document",
                    "dev.affray.frame",
                    "dev.affray.cloud.state",
                    "dev.affray.cloud.state.dynamodb",
                    "dev.affray.cloud.function..",
                    "dev.affray.cloud.fleet..");
}
