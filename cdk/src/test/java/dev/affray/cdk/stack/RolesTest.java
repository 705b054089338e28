package dev.affray.cdk.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.cdk.stack.Resources.Resource;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each role may do, in full: a right more or less fails here. */
@NeedsNode
class RolesTest {
    private final Resources stack = Synthesized.EDGE_SCORE.stack();

    /** Each as "action on resource". */
    private static TreeSet<String> rights(Resources stack, String role) {
        TreeSet<String> rights = new TreeSet<>();
        for (JsonNode statement :
                stack.one("AWS::IAM::Policy", role + "DefaultPolicy").at("/PolicyDocument/Statement")) {
            assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
            for (String action : Resources.texts(statement.path("Action"))) {
                for (String resource : Resources.texts(statement.path("Resource"))) {
                    rights.add(action + " on " + resource);
                }
            }
        }
        return rights;
    }

    private static Stream<String> receiving(String queue) {
        return Stream.of(
                        "ReceiveMessage",
                        "DeleteMessage",
                        "ChangeMessageVisibility",
                        "GetQueueAttributes",
                        "GetQueueUrl")
                .map(action -> "sqs:" + action + " on <" + queue + ".Arn>");
    }

    private static Stream<String> sending(String queue) {
        return Stream.of("SendMessage", "GetQueueAttributes", "GetQueueUrl")
                .map(action -> "sqs:" + action + " on <" + queue + ".Arn>");
    }

    private static Stream<String> logging(String function) {
        return Stream.of("logs:CreateLogStream", "logs:PutLogEvents")
                .map(action -> action + " on <" + function + "FunctionLogs.Arn>");
    }

    private static Stream<String> table(String table, String... actions) {
        return Stream.of(actions).map(action -> "dynamodb:" + action + " on <Tables" + table + ".Arn>");
    }

    @SafeVarargs
    private static TreeSet<String> all(Stream<String>... parts) {
        TreeSet<String> all = new TreeSet<>();
        Stream.of(parts).forEach(part -> part.forEach(all::add));
        return all;
    }

    private static TreeSet<String> inference() {
        return all(
                logging("Inference"),
                receiving("FramesLiveQueue"),
                receiving("FramesBacklogQueue"),
                Stream.of(
                        "sqs:SendMessage on <FramesLiveDeadLetters.Arn>",
                        "sqs:SendMessage on <FramesBacklogDeadLetters.Arn>"),
                table("Detections", "PutItem", "Query"),
                table("Heads", "GetItem", "PutItem"),
                Stream.of("dynamodb:Query on <TablesIncidents.Arn>/index/by-last"),
                table("Fleet", "GetItem"));
    }

    @Test
    void inferenceReadsQueuesAndWritesDetectionsAndHeads() {
        assertThat(rights(stack, "InferenceFunctionRole")).isEqualTo(inference());
    }

    @Test
    void aDetectorOfRekognitionAddsThePicturesAndItsOneCall() {
        Stream<String> pictures =
                Stream.of("s3:GetObject on <FramesBucket.Arn>/live/*", "s3:GetObject on <FramesBucket.Arn>/backlog/*");
        TreeSet<String> more = all(pictures);
        assertThat(rights(Synthesized.MODERATION.stack(), "InferenceFunctionRole"))
                .isEqualTo(
                        all(inference().stream(), more.stream(), Stream.of("rekognition:DetectModerationLabels on *")));
        assertThat(rights(Synthesized.CUSTOM_LABELS.stack(), "InferenceFunctionRole"))
                .isEqualTo(all(
                        inference().stream(),
                        more.stream(),
                        Stream.of("rekognition:DetectCustomLabels on " + Synthesized.MODEL)));
    }

    private static TreeSet<String> alerting() {
        return all(
                table("Heads", "GetItem"),
                Stream.of("dynamodb:Query on <TablesHeads.Arn>/index/open-heads"),
                table("Fleet", "GetItem", "Query"),
                table("Incidents", "PutItem"),
                Stream.of(
                        "dynamodb:Query on <TablesIncidents.Arn>/index/by-id",
                        "dynamodb:Query on <TablesIncidents.Arn>/index/by-last"),
                table("Notifications", "GetItem", "UpdateItem", "Query"),
                table("Counters", "UpdateItem"),
                table("Episodes", "GetItem", "PutItem"),
                Stream.of("Alerts", "Escalation", "Operations").map(topic -> "sns:Publish on <Topics" + topic + ">"),
                Stream.of("secretsmanager:GetSecretValue on <LinksKeys>"));
    }

    @Test
    void alertingFollowsHeadsAndPublishesToThreeTopics() {
        assertThat(rights(stack, "AlertingFunctionRole"))
                .isEqualTo(all(
                        logging("Alerting"),
                        sending("AlertingDeadLetters"),
                        Stream.of("DescribeStream", "GetRecords", "GetShardIterator")
                                .map(action -> "dynamodb:" + action + " on <TablesHeads.StreamArn>"),
                        Stream.of("dynamodb:ListStreams on *"),
                        alerting().stream()));
    }

    @Test
    void theTickClosesHeadsAsWell_andFindsWhatIsDue() {
        assertThat(rights(stack, "TickFunctionRole"))
                .isEqualTo(all(
                        logging("Tick"),
                        sending("TickDeadLetters"),
                        table("Heads", "PutItem"),
                        Stream.of("dynamodb:Query on <TablesNotifications.Arn>/index/by-due"),
                        alerting().stream()));
    }

    @Test
    void whoHasALinkReachesIncidentsAndFrames_andChangesHeadsAlone() {
        assertThat(rights(stack, "LinksFunctionRole"))
                .isEqualTo(all(
                        logging("Links"),
                        table("Heads", "GetItem", "PutItem"),
                        table("Detections", "Query"),
                        table("Fleet", "GetItem", "Query"),
                        Stream.of(
                                "dynamodb:Query on <TablesIncidents.Arn>/index/by-id",
                                "dynamodb:Query on <TablesIncidents.Arn>/index/by-last",
                                "s3:GetObject on <FramesBucket.Arn>/live/*",
                                "s3:GetObject on <FramesBucket.Arn>/backlog/*",
                                "secretsmanager:GetSecretValue on <LinksKeys>")));
    }

    @Test
    void fleetWritesItsTable() {
        assertThat(rights(stack, "FleetFunctionRole"))
                .isEqualTo(all(logging("Fleet"), sending("FleetDeadLetters"), table("Fleet", "GetItem", "UpdateItem")));
    }

    private static TreeSet<String> watching() {
        return all(
                logging("Watch"),
                sending("WatchDeadLetters"),
                table("Fleet", "Query"),
                table("Detections", "Query"),
                table("Heads", "GetItem", "PutItem"),
                Stream.of("dynamodb:Query on <TablesHeads.Arn>/index/open-heads"));
    }

    @Test
    void theWatchReadsAndChangesHeads() {
        assertThat(rights(stack, "WatchFunctionRole")).isEqualTo(watching());
        assertThat(rights(Synthesized.MODERATION.stack(), "WatchFunctionRole")).isEqualTo(watching());
    }

    @Test
    void whereAModelCanBeOffTheWatchMayAskForItsStatus_andForNoOtherProjects() {
        assertThat(rights(Synthesized.CUSTOM_LABELS.stack(), "WatchFunctionRole"))
                .isEqualTo(
                        all(
                                watching().stream(),
                                Stream.of(
                                        "rekognition:DescribeProjects on *",
                                        "rekognition:DescribeProjectVersions on arn:aws:rekognition:eu-central-1:123456789012:project/fights/*")));
    }

    @Test
    void whoCallsMayCallAndSetAside_noMore() {
        assertThat(rights(stack, "TickScheduleRole"))
                .containsExactlyInAnyOrder(
                        "lambda:InvokeFunction on <TickFunctionLive>", "sqs:SendMessage on <TickDeadLetters.Arn>");
        assertThat(rights(stack, "FleetErrorRole")).containsExactly("sqs:SendMessage on <FleetDeadLetters.Arn>");
    }

    @Test
    void whoJudgesNewGatewaysUsesUpSerialNumbers_andWhoRegistersThemMayNotGiveAnotherPolicy() {
        assertThat(rights(stack, "ProvisioningFunctionRole"))
                .isEqualTo(all(
                        logging("Provisioning"), table("Serials", "GetItem", "UpdateItem"), table("Fleet", "GetItem")));
        String iot = "arn:<AWS::Partition>:iot:eu-central-1:123456789012:";
        assertThat(rights(stack, "ProvisioningRegistrar"))
                .containsExactlyInAnyOrder(
                        "iot:CreateThing on " + iot + "thing/*",
                        "iot:DescribeThing on " + iot + "thing/*",
                        "iot:UpdateThing on " + iot + "thing/*",
                        "iot:AttachThingPrincipal on " + iot + "thing/*",
                        "iot:AttachThingPrincipal on " + iot + "cert/*",
                        "iot:DescribeCertificate on " + iot + "cert/*",
                        "iot:UpdateCertificate on " + iot + "cert/*",
                        "iot:AttachPolicy on " + iot + "cert/*",
                        "iot:AttachPolicy on " + iot + "policy/<GatewaysPolicy>",
                        "iot:GetPolicy on " + iot + "policy/<GatewaysPolicy>",
                        "iot:RegisterThing on *");
    }

    @Test
    void aGatewayMayOnlyPutItsOwnFramesAndClips() {
        assertThat(rights(stack, "GatewaysUploader"))
                .containsExactlyInAnyOrder(
                        "s3:PutObject on <FramesBucket.Arn>/live/${credentials-iot:ThingName}/*",
                        "s3:PutObject on <FramesBucket.Arn>/backlog/${credentials-iot:ThingName}/*",
                        "s3:PutObject on <FramesBucket.Arn>/clips/${credentials-iot:ThingName}/*");
    }

    @ParameterizedTest
    @EnumSource
    void noRoleMayDoAnythingToEverything_butWhatAwsLeavesNoChoiceIn(Synthesized variant) {
        List<String> everywhere = variant.stack().of("AWS::IAM::Policy").stream()
                .flatMap(policy -> policy.at("/PolicyDocument/Statement").valueStream())
                .filter(statement -> Resources.texts(statement.path("Resource")).contains("*"))
                .flatMap(statement -> Resources.texts(statement.path("Action")).stream())
                .toList();
        assertThat(everywhere)
                .isSubsetOf(
                        "dynamodb:ListStreams",
                        "rekognition:DetectModerationLabels",
                        "rekognition:DescribeProjects",
                        "iot:RegisterThing");
        assertThat(variant.stack().of("AWS::IAM::Policy").stream()
                        .flatMap(
                                policy -> policy.at("/PolicyDocument/Statement").valueStream())
                        .flatMap(statement -> Resources.texts(statement.path("Action")).stream()))
                .noneMatch(action -> action.contains("*"));
    }

    @Test
    void noRoleTakesAPolicyFromElsewhere_andEachIsForOneService() {
        assertThat(stack.of("AWS::IAM::Role"))
                .allSatisfy(role -> assertThat(role.at("/ManagedPolicyArns").isMissingNode())
                        .isTrue())
                .extracting(RolesTest::trusted)
                .containsExactlyInAnyOrder(
                        "lambda.amazonaws.com",
                        "lambda.amazonaws.com",
                        "lambda.amazonaws.com",
                        "lambda.amazonaws.com",
                        "lambda.amazonaws.com",
                        "lambda.amazonaws.com",
                        "lambda.amazonaws.com",
                        "scheduler.amazonaws.com of 123456789012",
                        "scheduler.amazonaws.com of 123456789012",
                        "iot.amazonaws.com of 123456789012",
                        "iot.amazonaws.com of 123456789012",
                        "credentials.iot.amazonaws.com");
    }

    private static String trusted(Resource role) {
        assertThat(role.at("/AssumeRolePolicyDocument/Statement")).hasSize(1);
        JsonNode statement = role.at("/AssumeRolePolicyDocument/Statement/0");
        String account =
                statement.at("/Condition/StringEquals/aws:SourceAccount").asText();
        return statement.at("/Principal/Service").asText() + (account.isEmpty() ? "" : " of " + account);
    }
}
