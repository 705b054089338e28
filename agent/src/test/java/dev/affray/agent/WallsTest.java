package dev.affray.agent;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls of the agent: one foreign SDK per package, and no circles. */
@AnalyzeClasses(packages = "dev.affray.agent", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {
    @ArchTest
    static final ArchRule onlyCaptureAndGateKnowBytedeco = noClasses()
            .that()
            .resideOutsideOfPackages("dev.affray.agent.capture..", "dev.affray.agent.gate..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco..");

    @ArchTest
    static final ArchRule onlyUploadKnowsS3 = noClasses()
            .that()
            .resideOutsideOfPackage("dev.affray.agent.upload..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk.services.s3..");

    @ArchTest
    static final ArchRule onlyDesiredKnowsTheDataPlaneOfAwsIot = noClasses()
            .that()
            .resideOutsideOfPackage("dev.affray.agent.desired..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk.services.iotdataplane..");

    @ArchTest
    static final ArchRule onlyEnrollKnowsTheControlPlaneOfAwsIot = noClasses()
            .that()
            .resideOutsideOfPackage("dev.affray.agent.enroll..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk.services.iot..");

    @ArchTest
    static final ArchRule thereIsNoOtherServiceOfAws = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("software.amazon.awssdk.services..")
                    .and(resideOutsideOfPackages(
                            "software.amazon.awssdk.services.s3..",
                            "software.amazon.awssdk.services.iot..",
                            "software.amazon.awssdk.services.iotdataplane..")));

    @ArchTest
    static final ArchRule onlyUploadEnrollAndDesiredMakeTheSdksHttpClients = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.affray.agent.upload..", "dev.affray.agent.enroll..", "dev.affray.agent.desired..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk.http..");

    @ArchTest
    static final ArchRule onlyIdentityKnowsBouncyCastle = noClasses()
            .that()
            .resideOutsideOfPackage("dev.affray.agent.identity..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bouncycastle..");

    @ArchTest
    static final ArchRule onlyTheseKnowTheAwsSdk = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.affray.agent.upload..",
                    "dev.affray.agent.iot..",
                    "dev.affray.agent.enroll..",
                    "dev.affray.agent.desired..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk..");

    @ArchTest
    static final ArchRule whatIsDesiredAndWhoWorksByItMeetInTheShadowsAlone = noClasses()
            .that()
            .resideInAPackage("dev.affray.agent.desired..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("dev.affray.agent..").and(resideOutsideOfPackages("dev.affray.agent.desired..")));

    @ArchTest
    static final ArchRule onlyIotKnowsTheIotSdk = noClasses()
            .that()
            .resideOutsideOfPackage("dev.affray.agent.iot..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon.awssdk.crt..", "software.amazon.awssdk.iot..");

    @ArchTest
    static final ArchRule onlyStatusListensForHttpAndKnowsPrometheus = noClasses()
            .that()
            .resideOutsideOfPackage("dev.affray.agent.status..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.sun.net.httpserver..", "io.prometheus..");

    @ArchTest
    static final ArchRule theCommandLineStaysAtTheTop = noClasses()
            .that()
            .resideOutsideOfPackage("dev.affray.agent")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..", "dev.affray.agent");

    @ArchTest
    static final ArchRule theAgentDoesNotKnowTheCloud =
            noClasses().should().dependOnClassesThat().resideInAPackage("dev.affray.cloud..");

    @ArchTest
    static final ArchRule packagesFormNoCircle =
            slices().matching("dev.affray.agent.(*)..").should().beFreeOfCycles();
}
