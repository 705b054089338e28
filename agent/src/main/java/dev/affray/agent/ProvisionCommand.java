package dev.affray.agent;

import dev.affray.agent.config.AgentConfig;
import dev.affray.agent.config.NewAgentYaml;
import dev.affray.agent.identity.FreshKey;
import dev.affray.agent.identity.IdentityFolder;
import dev.affray.agent.iot.ClaimConnection;
import dev.affray.agent.iot.IotEndpoint;
import dev.affray.agent.iot.Provisioned;
import dev.affray.agent.iot.ProvisioningException;
import dev.affray.frame.CameraId;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

/** Gives this gateway its identity, with the claim certificate that a batch of gateways shares. */
@Command(
        name = "provision",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Exchanges a claim certificate for this gateway's own (AWS IoT fleet provisioning), without any AWS credentials. The key is made here and never leaves this machine. Then writes its configuration.",
            "The cloud lets in only serial numbers that are on its list, and each once."
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage.",
            "",
            "For example:",
            "  affray-agent provision --endpoint a1b2c3d4e5f6g7-ats.iot.eu-central-1.amazonaws.com --claim-cert claim.pem --claim-key claim.key --serial 4711"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ProvisionCommand implements Callable<Integer> {
    private static final String LATER = "CHANGE-ME";

    @Spec
    private CommandSpec spec;

    @Option(names = "--endpoint", required = true, paramLabel = "HOST", description = "the MQTT broker")
    private String endpoint;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "" + AgentConfig.DEFAULT_PORT,
            description = "Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(names = "--authority", paramLabel = "FILE", description = "whom to trust, PEM; not needed for AWS")
    private @Nullable Path authority;

    @Option(names = "--claim-cert", required = true, paramLabel = "FILE", description = "the claim certificate, PEM")
    private Path claimCertificate;

    @Option(names = "--claim-key", required = true, paramLabel = "FILE", description = "its key, PEM, PKCS#8")
    private Path claimKey;

    @Option(
            names = "--template",
            paramLabel = "NAME",
            defaultValue = "affray-gateway",
            description = "the stack's output ProvisioningTemplate. Default: ${DEFAULT-VALUE}")
    private String template;

    @Option(names = "--serial", required = true, paramLabel = "SERIAL", description = "this gateway's serial number")
    private String serial;

    @Option(names = "--site", paramLabel = "NAME", description = "where it is: the thing's attribute site")
    private @Nullable String site;

    @Option(
            names = "--bucket",
            paramLabel = "NAME",
            description = "default: as the template says, and so the next three")
    private @Nullable String bucket;

    @Option(names = "--region", paramLabel = "REGION", description = "of the bucket")
    private @Nullable String region;

    @Option(names = "--role-alias", paramLabel = "NAME", description = "what credentials are asked for by")
    private @Nullable String roleAlias;

    @Option(names = "--credentials-endpoint", paramLabel = "HOST[:PORT]", description = "where")
    private @Nullable String credentialsEndpoint;

    @Mixin
    private IdentityOptions places;

    @Override
    public Integer call() throws IOException {
        check();
        IdentityFolder identity = places.identity();
        if (identity.certificate().isPresent()) {
            throw new IOException("there is an identity already in " + identity.path()
                    + "; start the agent with it, or move that folder away");
        }
        PrintWriter out = spec.commandLine().getOut();
        Provisioned provisioned = provision(identity);
        out.println("This gateway is " + provisioned.thing() + "; its key and certificate are in " + identity.path());
        List<String> missing = new ArrayList<>();
        places.finish(
                spec.commandLine(),
                new NewAgentYaml(
                        provisioned.thing(),
                        places.data(),
                        endpoint,
                        port,
                        identity.certificateFile(),
                        identity.keyFile(),
                        Optional.ofNullable(authority)
                                .map(file -> file.toAbsolutePath().normalize()),
                        known(credentialsEndpoint, "credentialsEndpoint", provisioned, missing),
                        known(roleAlias, "roleAlias", provisioned, missing),
                        known(bucket, "bucket", provisioned, missing),
                        known(region, "region", provisioned, missing),
                        Optional.ofNullable(provisioned.configuration().get("s3Endpoint"))));
        if (!missing.isEmpty()) {
            throw new IOException("the template " + template + " does not say " + String.join(", ", missing)
                    + ": put that in place of " + LATER
                    + " before the agent is started. For the next gateway, give it as an option, or"
                    + " have the template say it (gateways.credentialsEndpoint of deployment.yaml)");
        }
        return 0;
    }

    private void check() {
        if (!CameraId.isName(serial)) {
            throw wrong("--serial: '" + serial + "' is not " + CameraId.NAME_RULE);
        }
        for (Map.Entry<String, Path> file : Map.of("--claim-cert", claimCertificate, "--claim-key", claimKey)
                .entrySet()) {
            if (!Files.isReadable(file.getValue())) {
                throw wrong(file.getKey() + " " + file.getValue() + ": there is no such file, or it may not be read");
            }
        }
        if (authority != null && !Files.isReadable(authority)) {
            throw wrong("--authority " + authority + ": there is no such file, or it may not be read");
        }
        if (port < 1 || port > 65535) {
            throw wrong("--port is " + port + "; must be 1 to 65535");
        }
    }

    private Provisioned provision(IdentityFolder identity) throws IOException {
        Map<String, String> parameters = new LinkedHashMap<>(Map.of("SerialNumber", serial));
        if (site != null) {
            parameters.put("Site", site);
        }
        IotEndpoint claim = new IotEndpoint(endpoint, port, claimCertificate, claimKey, Optional.ofNullable(authority));
        try (ClaimConnection connection = ClaimConnection.open(claim, serial)) {
            FreshKey key = identity.makeKey();
            try {
                return connection.provision(key, template, parameters);
            } catch (ProvisioningException e) {
                if (e.leftNothing()) {
                    key.discard();
                    throw new IOException(
                            e.getMessage() + ". A serial number must be on the cloud's list, and is good for"
                                    + " one gateway; the cloud's log says more");
                }
                throw new IOException(e.getMessage() + ", so whether this gateway is registered is not known. Delete "
                        + identity.path() + " and try again; if that is refused, have its thing deleted first");
            }
        }
    }

    private static String known(@Nullable String option, String field, Provisioned provisioned, List<String> missing) {
        String value = option == null ? provisioned.configuration().getOrDefault(field, "") : option;
        if (value.isBlank()) {
            missing.add(field);
            return LATER;
        }
        return value;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
