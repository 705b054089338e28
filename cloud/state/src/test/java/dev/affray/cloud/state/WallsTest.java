package dev.affray.cloud.state;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.affray.cloud.state", importOptions = DoNotIncludeTests.class)
class WallsTest {
    @ArchTest
    static final ArchRule THE_PORTS_KNOW_NO_DATABASE = classes()
            .that()
            .resideInAPackage("dev.affray.cloud.state")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "com.fasterxml.jackson..",
                    "org.jspecify..",
                    "dev.affray.cloud.state",
                    "dev.affray.camera..",
                    "dev.affray.document..",
                    "dev.affray.frame..",
                    "dev.affray.health..",
                    "dev.affray.incident..");

    @ArchTest
    static final ArchRule LINKS_KNOW_INCIDENTS_AND_NOTHING_ELSE = classes()
            .that()
            .resideInAPackage("dev.affray.cloud.state.link")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "javax.crypto..", "org.jspecify..", "dev.affray.incident", "dev.affray.cloud.state.link");

    @ArchTest
    static final ArchRule THE_SECRETS_OF_LINKS_KNOW_LINKS_AND_THE_SDK = classes()
            .that()
            .resideInAPackage("dev.affray.cloud.state.link.secretsmanager")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "org.jspecify..", "software.amazon.awssdk..", "dev.affray.cloud.state.link..");

    @ArchTest
    static final ArchRule ONLY_THE_SQLITE_ROOM_KNOWS_SQLITE = classes()
            .that()
            .resideInAPackage("dev.affray.cloud.state.sqlite")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.sqlite..",
                    "com.fasterxml.jackson..",
                    "org.jspecify..",
                    "dev.affray.cloud.state",
                    "dev.affray.cloud.state.sqlite",
                    "dev.affray.camera..",
                    "dev.affray.document..",
                    "dev.affray.frame..",
                    "dev.affray.health..",
                    "dev.affray.incident..");

    @ArchTest
    static final ArchRule ONLY_THE_DYNAMODB_ROOM_KNOWS_THE_SDK = classes()
            .that()
            .resideInAPackage("dev.affray.cloud.state.dynamodb")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "software.amazon.awssdk..",
                    "com.fasterxml.jackson..",
                    "org.jspecify..",
                    "dev.affray.cloud.state",
                    "dev.affray.cloud.state.dynamodb",
                    "dev.affray.camera..",
                    "dev.affray.document..",
                    "dev.affray.frame..",
                    "dev.affray.health..",
                    "dev.affray.incident..");
}
