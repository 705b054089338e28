package dev.affray.cloud.alerting;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.affray.cloud.alerting", importOptions = DoNotIncludeTests.class)
class WallsTest {
    @ArchTest
    static final ArchRule THE_CORE_KNOWS_THE_PORTS_AND_NOTHING_BEHIND_THEM = classes()
            .that()
            .resideInAPackage("dev.affray.cloud.alerting")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "com.fasterxml.jackson..",
                    "org.jspecify..",
                    "org.slf4j..",
                    "dev.affray.cloud.alerting",
                    "dev.affray.cloud.state",
                    "dev.affray.camera..",
                    "dev.affray.document..",
                    "dev.affray.frame..",
                    "dev.affray.health..",
                    "dev.affray.incident..",
                    "dev.affray.recipient..");

    @ArchTest
    static final ArchRule ONLY_THE_SNS_ROOM_KNOWS_SNS = noClasses()
            .that()
            .resideOutsideOfPackage("dev.affray.cloud.alerting.sns")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon.awssdk.services.sns..");

    @ArchTest
    static final ArchRule THE_SNS_ROOM_KNOWS_NO_STORE_AND_NO_LAMBDA = classes()
            .that()
            .resideInAPackage("dev.affray.cloud.alerting.sns")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.net.ssl..",
                    "org.jspecify..",
                    "software.amazon.awssdk..",
                    "dev.affray.cloud.alerting..",
                    "dev.affray.cloud.state",
                    "dev.affray.camera..",
                    "dev.affray.document..",
                    "dev.affray.frame..",
                    "dev.affray.incident..");

    @ArchTest
    static final ArchRule THE_WEBHOOK_ROOM_NEEDS_THE_JDK_ALONE = classes()
            .that()
            .resideInAPackage("dev.affray.cloud.alerting.webhook")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.crypto..",
                    "javax.net.ssl..",
                    "org.jspecify..",
                    "org.slf4j..",
                    "dev.affray.cloud.alerting",
                    "dev.affray.cloud.alerting.webhook");

    @ArchTest
    static final ArchRule ONLY_MAILS_KNOW_JAKARTA_MAIL = noClasses()
            .that()
            .resideOutsideOfPackages("dev.affray.cloud.alerting.mail", "dev.affray.cloud.alerting.ses")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta..");

    @ArchTest
    static final ArchRule ONLY_THE_SES_ROOM_KNOWS_SES_AND_S3 = noClasses()
            .that()
            .resideOutsideOfPackage("dev.affray.cloud.alerting.ses")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon.awssdk.services.ses..", "software.amazon.awssdk.services.s3..");

    @ArchTest
    static final ArchRule MAILS_ARE_WRITTEN_WITHOUT_AWS = noClasses()
            .that()
            .resideInAPackage("dev.affray.cloud.alerting.mail")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon..");

    @ArchTest
    static final ArchRule ONLY_THE_LAMBDA_ROOM_KNOWS_LAMBDA = noClasses()
            .that()
            .resideOutsideOfPackage("dev.affray.cloud.alerting.lambda")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "com.amazonaws..",
                    "org.crac..",
                    "dev.affray.cloud.function..",
                    "dev.affray.cloud.state.dynamodb..");
}
