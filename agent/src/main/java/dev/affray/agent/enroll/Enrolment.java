package dev.affray.agent.enroll;

import dev.affray.agent.enroll.ControlPlane.Certificate;
import dev.affray.agent.enroll.ControlPlane.Standing;
import dev.affray.agent.identity.FreshKey;
import dev.affray.agent.identity.IdentityFolder;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes a gateway known to AWS IoT, step by step; what is there already is kept, so it can be repeated after a failure.
 *
 * <pre>
 * look up endpoints, policy, role alias, thing   nothing is changed before all of this is right
 *   -> key made here -> certificate for it       kept in the identity folder at once
 *   -> policy on the certificate
 *   -> thing -> certificate on the thing
 * </pre>
 */
public final class Enrolment {
    private final ControlPlane aws;
    private final Consumer<String> tell;
    private final List<String> undo = new ArrayList<>();

    /** @param tell hears of each step that was taken, a line each */
    public Enrolment(ControlPlane aws, Consumer<String> tell) {
        this.aws = aws;
        this.tell = tell;
    }

    /**
     * Enrolls the gateway whose identity is in that folder, or will be.
     *
     * @throws EnrolmentException when it cannot be done; the message says what was made by then, and how to undo it
     * @throws IOException when the folder cannot be read or written
     */
    public Enrolled run(EnrolmentPlan plan, IdentityFolder identity) throws EnrolmentException, IOException {
        try {
            Enrolled endpoints = lookUp(plan);
            Optional<Map<String, String>> thing = aws.thing(plan.thing());
            List<String> principals = thing.isPresent() ? aws.principals(plan.thing()) : List.of();
            Optional<X509Certificate> held = identity.certificate();
            requireFree(plan.thing(), principals, held);
            String arn = held.isPresent() ? keep(identity, held.get()) : make(plan, identity);
            aws.attachPolicy(plan.policy(), arn);
            tell.accept("Policy " + plan.policy() + " is attached to the certificate");
            describe(plan, thing);
            aws.attachToThing(plan.thing(), arn);
            tell.accept("The certificate is attached to thing " + plan.thing());
            return new Enrolled(
                    arn.substring(arn.lastIndexOf('/') + 1),
                    endpoints.dataEndpoint(),
                    endpoints.credentialsEndpoint(),
                    endpoints.region());
        } catch (EnrolmentException e) {
            throw undo.isEmpty() ? e : new EnrolmentException(e.getMessage() + System.lineSeparator() + whatWasMade());
        }
    }

    private Enrolled lookUp(EnrolmentPlan plan) throws EnrolmentException {
        Enrolled endpoints =
                new Enrolled("", aws.endpoint("iot:Data-ATS"), aws.endpoint("iot:CredentialProvider"), aws.region());
        if (!aws.hasPolicy(plan.policy())) {
            throw new EnrolmentException(
                    "there is no IoT policy " + plan.policy() + " in " + aws.region()
                            + ": deploy the stack first, or give --policy (the stack's output GatewayPolicy) or another --region");
        }
        if (!aws.hasRoleAlias(plan.roleAlias())) {
            throw new EnrolmentException("there is no role alias " + plan.roleAlias() + " in " + aws.region()
                    + ": give --role-alias (the stack's output RoleAlias)");
        }
        return endpoints;
    }

    /** Two gateways of one name would throw each other out for ever. */
    private static void requireFree(String thing, List<String> principals, Optional<X509Certificate> held)
            throws EnrolmentException {
        String own = held.map(IdentityFolder::idOf).map(id -> "/" + id).orElse("/none");
        List<String> others =
                principals.stream().filter(arn -> !arn.endsWith(own)).toList();
        if (!others.isEmpty()) {
            throw new EnrolmentException("there is a gateway " + thing
                    + " already; nothing was changed. Choose another --thing, or, if this one takes its place, detach the"
                    + " certificate first: aws iot detach-thing-principal --thing-name " + thing + " --principal "
                    + others.getFirst());
        }
    }

    private String keep(IdentityFolder identity, X509Certificate held) throws EnrolmentException {
        String id = IdentityFolder.idOf(held);
        return switch (aws.standing(id)) {
            case Standing.Active(String arn) -> {
                tell.accept("The certificate in " + identity.path() + " is kept");
                yield arn;
            }
            case Standing.Unusable(String status) ->
                throw new EnrolmentException("the certificate in " + identity.path() + " (" + id + ") is " + status
                        + " in this account and region; for a new one, move that folder away and begin again");
        };
    }

    private String make(EnrolmentPlan plan, IdentityFolder identity) throws EnrolmentException, IOException {
        FreshKey key = identity.makeKey();
        undo.add("rm -f " + identity.keyFile() + " " + identity.certificateFile());
        Certificate certificate = aws.createCertificate(key.signingRequest(plan.thing()));
        undo.add("aws iot update-certificate --certificate-id " + certificate.id() + " --new-status INACTIVE && aws iot"
                + " delete-certificate --force-delete --certificate-id " + certificate.id());
        try {
            X509Certificate kept = key.keep(certificate.pem());
            tell.accept("The key was made here and the certificate issued for it, until "
                    + kept.getNotAfter().toInstant() + ": " + identity.path());
        } catch (IOException e) {
            throw new EnrolmentException("the certificate was issued, but not kept: " + e.getMessage());
        }
        return certificate.arn();
    }

    private void describe(EnrolmentPlan plan, Optional<Map<String, String>> thing) throws EnrolmentException {
        if (thing.isEmpty()) {
            aws.createThing(plan.thing(), plan.attributes());
            undo.add("aws iot delete-thing --thing-name " + plan.thing());
            tell.accept("Thing " + plan.thing() + " was made");
        } else if (!thing.get().entrySet().containsAll(plan.attributes().entrySet())) {
            aws.addAttributes(plan.thing(), plan.attributes());
            tell.accept("Thing " + plan.thing() + " was there; its attributes are set");
        } else {
            tell.accept("Thing " + plan.thing() + " is there");
        }
    }

    private String whatWasMade() {
        StringBuilder text = new StringBuilder(
                "What was made until then is kept. To go on, mend that and give the same command again. To undo it:");
        undo.reversed()
                .forEach(command ->
                        text.append(System.lineSeparator()).append("  ").append(command));
        return text.toString();
    }
}
