package dev.affray.cdk.stack;

import dev.affray.cdk.deployment.Deployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.LayerVersion;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

/** Mails through SES, where the settings name a sender: who gets them, in a layer beside the functions' code, since an environment holds 4 KB. */
final class Mails extends Construct {
    private static final String FILE = "recipients.json";

    private final Optional<String> from;
    private final Bucket bucket;
    private final Optional<LayerVersion> recipients;

    Mails(Construct scope, Deployment deployment, Bucket bucket) {
        super(scope, "Mails");
        this.from = deployment.sesFrom();
        this.bucket = bucket;
        this.recipients = from.map(_ -> layer(deployment.mailRecipients().write()));
    }

    private LayerVersion layer(String document) {
        try {
            Path folder = Files.createTempDirectory("affray-recipients");
            Files.writeString(folder.resolve(FILE), document);
            return LayerVersion.Builder.create(this, "Recipients")
                    .description("Affray: who gets mails")
                    .code(Code.fromAsset(folder.toString()))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("the list of recipients cannot be written", e);
        }
    }

    /** What a function that sends mails is told. */
    Map<String, String> environment() {
        return from.isEmpty()
                ? Map.of()
                : Map.of(
                        "MAIL_FROM", from.get(),
                        "RECIPIENTS_FILE", "/opt/" + FILE,
                        "BUCKET", bucket.getBucketName());
    }

    /** Lets a function send as this sender, and show frames. */
    void allow(JavaFunction function) {
        recipients.ifPresent(layer -> function.function().addLayers(layer));
        from.ifPresent(sender -> {
            function.role().addToPolicy(sending(sender));
            function.allow(List.of("s3:GetObject"), bucket.arnForObjects("live/*"), bucket.arnForObjects("backlog/*"));
            Nag.exceptWildcard(
                    function.role(),
                    "<FramesBucket.*\\.Arn>\\/(live|backlog)\\/\\*",
                    "A mail shows the frames of the incident that it tells of, and their names are known only then.");
        });
    }

    /** By the identity of the address, or of its domain: SES takes either. */
    private PolicyStatement sending(String sender) {
        Stack stack = Stack.of(this);
        String identities =
                "arn:" + stack.getPartition() + ":ses:" + stack.getRegion() + ":" + stack.getAccount() + ":identity/";
        return PolicyStatement.Builder.create()
                .actions(List.of("ses:SendRawEmail"))
                .resources(List.of(identities + sender, identities + sender.substring(sender.indexOf('@') + 1)))
                .conditions(Map.of("StringEquals", Map.of("ses:FromAddress", sender)))
                .build();
    }
}
