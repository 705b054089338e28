package dev.affray;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.affray", importOptions = DoNotIncludeTests.class)
class WallsTest {
    @ArchTest
    static final ArchRule sharedNeedsOnlyTheJdkJacksonAndJSpecify = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "com.fasterxml.jackson..",
                    "org.jspecify..",
                    "dev.affray.camera",
                    "dev.affray.command",
                    "dev.affray.document",
                    "dev.affray.frame",
                    "dev.affray.health",
                    "dev.affray.incident",
                    "dev.affray.recipient");

    @ArchTest
    static final ArchRule packagesDoNotGoInCircles =
            slices().matching("dev.affray.(*)..").should().beFreeOfCycles();
}
