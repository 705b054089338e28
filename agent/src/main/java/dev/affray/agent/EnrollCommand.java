package dev.affray.agent;

import dev.affray.agent.config.AgentConfig;
import dev.affray.agent.config.NewAgentYaml;
import dev.affray.agent.enroll.ControlPlane;
import dev.affray.agent.enroll.Enrolled;
import dev.affray.agent.enroll.Enrolment;
import dev.affray.agent.enroll.EnrolmentException;
import dev.affray.agent.enroll.EnrolmentPlan;
import dev.affray.frame.CameraId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Gives this gateway its identity, with an administrator's credentials. */
@Command(
        name = "enroll",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Makes this gateway known to AWS IoT: its thing, a certificate for a key that is made here and never leaves this machine, and what it may do. Then writes its configuration.",
            "Needs an administrator's AWS credentials (profile, single sign-on, environment), which are used once and not kept. Can be repeated: what is there already is kept."
        },
        footer = {
            "",
            "Needed permissions: iot:DescribeEndpoint, GetPolicy, DescribeRoleAlias, DescribeThing, ListThingPrincipals, DescribeCertificate, CreateCertificateFromCsr, AttachPolicy, CreateThing, UpdateThing, AttachThingPrincipal.",
            "Exit codes: 0 done, 1 failed (what was made by then, and how to undo it, is told), 2 wrong usage.",
            "",
            "For example:",
            "  affray-agent enroll --thing gateway-1 --site north --bucket affray-frames-123456789012 --region eu-central-1"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class EnrollCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--thing", required = true, paramLabel = "NAME", description = "the gateway's name")
    private String thing;

    @Option(names = "--bucket", required = true, paramLabel = "NAME", description = "the stack's output Bucket")
    private String bucket;

    @Option(names = "--region", paramLabel = "REGION", description = "Default: that of the AWS profile or environment")
    private @Nullable String region;

    @Option(names = "--site", paramLabel = "NAME", description = "where it is: the thing's attribute site")
    private @Nullable String site;

    @Option(
            names = "--attribute",
            paramLabel = "NAME=VALUE",
            description = "another attribute of the thing; three in all, site included")
    private Map<String, String> attributes = new LinkedHashMap<>();

    @Option(
            names = "--policy",
            paramLabel = "NAME",
            defaultValue = "affray-gateway",
            description = "the stack's output GatewayPolicy. Default: ${DEFAULT-VALUE}")
    private String policy;

    @Option(
            names = "--role-alias",
            paramLabel = "NAME",
            description = "the stack's output RoleAlias. Default: the policy's name, as the stack has it")
    private @Nullable String roleAlias;

    @Mixin
    private IdentityOptions places;

    @Override
    public Integer call() throws EnrolmentException, IOException {
        EnrolmentPlan plan = plan();
        var out = spec.commandLine().getOut();
        try (ControlPlane aws = ControlPlane.connect(region)) {
            Enrolled enrolled = new Enrolment(aws, step -> {
                        out.println(step);
                        out.flush();
                    })
                    .run(plan, places.identity());
            out.println("Certificate " + enrolled.certificateId());
            places.finish(
                    spec.commandLine(),
                    new NewAgentYaml(
                            plan.thing(),
                            places.data(),
                            enrolled.dataEndpoint(),
                            AgentConfig.DEFAULT_PORT,
                            places.identity().certificateFile(),
                            places.identity().keyFile(),
                            Optional.empty(),
                            enrolled.credentialsEndpoint(),
                            plan.roleAlias(),
                            bucket,
                            enrolled.region(),
                            Optional.empty()));
        }
        return 0;
    }

    private EnrolmentPlan plan() {
        if (!CameraId.isName(thing)) {
            throw wrong("--thing: '" + thing + "' is not " + CameraId.NAME_RULE);
        }
        Map<String, String> all = new LinkedHashMap<>(attributes);
        if (site != null) {
            all.put("site", site);
        }
        if (all.size() > EnrolmentPlan.MOST_ATTRIBUTES) {
            throw wrong("there are " + all.size() + " attributes; AWS IoT takes " + EnrolmentPlan.MOST_ATTRIBUTES
                    + " of a thing without a type");
        }
        all.forEach((name, value) -> {
            if (!EnrolmentPlan.isAttributeName(name)) {
                throw wrong("attribute '" + name + "' is not 1 to 128 characters of A-Z a-z 0-9 _ . , @ / : # -");
            }
            if (!EnrolmentPlan.isAttributeValue(value)) {
                throw wrong("attribute " + name + ": '" + value + "' is not " + EnrolmentPlan.VALUE_RULE);
            }
        });
        return new EnrolmentPlan(thing, all, policy, roleAlias == null ? policy : roleAlias);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
