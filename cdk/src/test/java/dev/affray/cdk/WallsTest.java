package dev.affray.cdk;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Settings know nothing of the CDK, the stack knows nothing of files and YAML, and neither knows the programs that are deployed. */
@AnalyzeClasses(packages = "dev.affray", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {
    @ArchTest
    static final ArchRule settingsNeedOnlyTheirDocument = classes()
            .that()
            .resideInAPackage("dev.affray.cdk.deployment")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "com.fasterxml.jackson..",
                    "org.jspecify..",
                    "dev.affray.document",
                    "dev.affray.recipient",
                    "dev.affray.cdk.deployment");

    @ArchTest
    static final ArchRule theStackNeedsOnlyTheCdkAndTheSettings = classes()
            .that()
            .resideInAPackage("dev.affray.cdk.stack")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "software.amazon.awscdk..",
                    "software.constructs",
                    "software.amazon.jsii..",
                    "io.github.cdklabs.cdknag",
                    "dev.affray.recipient",
                    "dev.affray.cdk.deployment",
                    "dev.affray.cdk.stack");

    @ArchTest
    static final ArchRule theAppKnowsNoProgramThatItDeploys = noClasses()
            .that()
            .resideInAPackage("dev.affray.cdk..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.affray.cloud..", "dev.affray.agent..");
}
