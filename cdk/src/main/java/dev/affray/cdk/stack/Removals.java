package dev.affray.cdk.stack;

import dev.affray.cdk.deployment.Deployment.Removal;
import software.amazon.awscdk.RemovalPolicy;

/** The setting {@code removal} as CloudFormation has it. */
final class Removals {
    private Removals() {}

    static RemovalPolicy policy(Removal removal) {
        return switch (removal) {
            case RETAIN -> RemovalPolicy.RETAIN;
            case DESTROY -> RemovalPolicy.DESTROY;
        };
    }
}
