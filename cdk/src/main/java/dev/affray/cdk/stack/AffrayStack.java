package dev.affray.cdk.stack;

import dev.affray.cdk.deployment.Deployment;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/**
 * The AWS side of Affray.
 *
 * <pre>
 * gateway --> Frames (S3) --> Live, Backlog (SQS) --> Inference --> Tables (DynamoDB) --stream of heads--> Alerting --> Topics (SNS)
 *    |                                                                  ^     ^
 *    +-----> IoT Core -------- rules -----------------> Fleet ----------+     +---- Tick, Watch (every minute)
 *                 +----------- before a gateway is registered -------> Provisioning
 * a phone with a link --> Links (HTTP API) --> Tables, Frames
 * </pre>
 */
public final class AffrayStack extends Stack {
    /** @param environment where it goes; without account and region it fits any, by the credentials that deploy */
    public AffrayStack(Construct scope, Deployment deployment, FunctionJars jars, Environment environment) {
        super(
                scope,
                deployment.name(),
                StackProps.builder()
                        .description("Affray: fight alarms from existing cameras")
                        .env(environment)
                        .build());
        Frames frames = new Frames(this, deployment);
        Tables tables = new Tables(this, deployment.removal());
        Topics topics = new Topics(this, deployment);
        Mails mails = new Mails(this, deployment, frames.bucket());
        Inference inference = new Inference(this, deployment, jars.inference(), frames, tables);
        Links links = new Links(this, deployment, jars.console(), tables, frames);
        Alerting alerting = new Alerting(this, deployment, jars.alerting(), tables, topics, mails, links);
        Tick tick = new Tick(this, deployment, jars.alerting(), tables, topics, mails, links);
        Fleet fleet = new Fleet(this, deployment, jars.fleet(), tables);
        Watch watch = new Watch(this, deployment, jars.fleet(), tables);
        Gateways gateways = new Gateways(this, deployment.name(), frames.bucket());
        Provisioning provisioning = new Provisioning(this, deployment, jars.fleet(), tables, frames, gateways);

        Alarms alarms = new Alarms(this, topics.operations());
        alarms.deadLetters("Live", frames.live().deadLetters());
        alarms.deadLetters("Backlog", frames.backlog().deadLetters());
        alarms.deadLetters("Alerting", alerting.deadLetters());
        alarms.deadLetters("Tick", tick.deadLetters());
        alarms.deadLetters("Fleet", fleet.deadLetters());
        alarms.deadLetters("Watch", watch.deadLetters());
        alarms.late(frames.live().queue());
        alarms.late(alerting.function());
        alarms.failures(inference.function());
        alarms.failures(alerting.function());
        alarms.failures(tick.function());
        alarms.failures(fleet.function());
        alarms.failures(watch.function());
        alarms.failures(provisioning.function());
        alarms.failures(links.function());
        alarms.counted(
                links.function(), "LinksFailed", "pages of alerts cannot be shown; the link function's log says why");
        alarms.standstill(tick.function(), "the minute tick does not run; incidents are not closed");
        alarms.standstill(watch.function(), "nobody looks after the cameras; one that is gone is not told");
        alarms.counted(watch.function(), "GatewaysUnwatched", "some gateways cannot be looked after");
        if (deployment.judge().model().isPresent()) {
            alarms.counted(
                    watch.function(), "ModelStateUnknown", "nobody knows whether the model runs; its log says why", 3);
        }
        alarms.counted(tick.function(), "AlertsPostponed", "alerts cannot be sent; people are not told until they can");
        JavaFunction judge = inference.function();
        alarms.counted(
                judge, "ModelNotRunning", "the detector's model is not running; frames wait until it is started");
        alarms.counted(judge, "DetectorDenied", "the detector refuses our rights; frames wait until they are mended");
        alarms.counted(judge, "DetectorThrottled", "the detector holds us back; frames wait");

        output("Region", getRegion(), "agent.yaml: s3.region");
        output("Bucket", frames.bucket().getBucketName(), "agent.yaml: s3.bucket");
        output("RoleAlias", gateways.roleAliasName(), "agent.yaml: credentials.roleAlias");
        output("GatewayPolicy", gateways.policyName(), "The IoT policy to attach to a gateway's certificate");
        output("ProvisioningTemplate", provisioning.templateName(), "affray-agent provision: --template");
        output("ClaimPolicy", provisioning.claimPolicyName(), "The IoT policy to attach to a claim certificate");
        output("SerialsTable", tables.serials().getTableName(), "The serial numbers of gateways to come");
        output("LinkUrl", links.baseUrl(), "What the links of alerts begin with");
        output("AlertsTopic", topics.alerts().getTopicArn(), "What people subscribe to");
        output(
                "EscalationTopic",
                topics.escalation().getTopicArn(),
                "The same, for a fight of which nobody took charge");
    }

    private void output(String id, String value, String description) {
        CfnOutput.Builder.create(this, id).value(value).description(description).build();
    }
}
