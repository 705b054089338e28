package dev.affray.cloud.inference;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.affray.cloud.inference", importOptions = DoNotIncludeTests.class)
class WallsTest {
    @ArchTest
    static final ArchRule KNOWS_THE_PORTS_AND_NOTHING_BEHIND_THEM = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "com.fasterxml.jackson..",
                    "org.jspecify..",
                    "org.slf4j..",
                    "dev.affray.cloud.inference",
                    "dev.affray.cloud.state",
                    "dev.affray.camera..",
                    "dev.affray.document..",
                    "dev.affray.frame..",
                    "dev.affray.health..",
                    "dev.affray.incident..");
}
