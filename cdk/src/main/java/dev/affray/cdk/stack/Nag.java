package dev.affray.cdk.stack;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import io.github.cdklabs.cdknag.RegexAppliesTo;
import java.util.List;
import software.constructs.IConstruct;

/** Exceptions from the rules of cdk-nag, each beside the construct that needs it. */
final class Nag {
    private Nag() {}

    /** Excepts this construct from a rule such as {@code S1}. */
    static void except(IConstruct construct, String rule, String reason) {
        suppress(construct, suppression(rule, reason).build());
    }

    /**
     * Excepts one kind of wildcard in the rights of a role.
     *
     * @param resource a regular expression of the resource as cdk-nag writes it, with {@code <LogicalId.Arn>} for what is not known yet
     */
    static void exceptWildcard(IConstruct role, String resource, String reason) {
        RegexAppliesTo finding =
                RegexAppliesTo.builder().regex("/^Resource::" + resource + "$/").build();
        suppress(role, suppression("IAM5", reason).appliesTo(List.of(finding)).build());
    }

    private static NagPackSuppression.Builder suppression(String rule, String reason) {
        return NagPackSuppression.builder().id("AwsSolutions-" + rule).reason(reason);
    }

    private static void suppress(IConstruct construct, NagPackSuppression suppression) {
        NagSuppressions.addResourceSuppressions(construct, List.of(suppression), true);
    }
}
