package dev.affray.cloud.console;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.affray.cloud.console", importOptions = DoNotIncludeTests.class)
class WallsTest {
    @ArchTest
    static final ArchRule consoleNeedsOnlyTheContractsAndThePorts = classes()
            .that()
            .resideOutsideOfPackage("dev.affray.cloud.console.lambda")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "org.slf4j",
                    "dev.affray.camera",
                    "dev.affray.document",
                    "dev.affray.frame",
                    "dev.affray.health",
                    "dev.affray.incident",
                    "dev.affray.cloud.state",
                    "dev.affray.cloud.state.link",
                    "dev.affray.cloud.console",
                    "dev.affray.cloud.console.link");

    @ArchTest
    static final ArchRule consoleOnlyReads = noClasses()
            .should()
            .accessTargetWhere(targetOwner(simpleNameEndingWith("Store"))
                    .and(target(
                            not(nameMatching("<init>|between|newest|find|history|recent|of|cameras?|gateways?|site")))))
            .because("nobody but the casebook changes anything");

    @ArchTest
    static final ArchRule onlyTheLinksPageActs = noClasses()
            .that()
            .resideOutsideOfPackage("dev.affray.cloud.console.link")
            .should()
            .dependOnClassesThat()
            .haveSimpleName("Casebook")
            .because("the console only shows");
}
