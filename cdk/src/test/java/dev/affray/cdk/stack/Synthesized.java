package dev.affray.cdk.stack;

import dev.affray.cdk.deployment.Deployment;
import dev.affray.cdk.deployment.Deployment.Audience;
import dev.affray.cdk.deployment.Deployment.Concurrency;
import dev.affray.cdk.deployment.Deployment.Escalation;
import dev.affray.cdk.deployment.Deployment.Links;
import dev.affray.cdk.deployment.Deployment.Removal;
import dev.affray.cdk.deployment.Deployment.Retention;
import dev.affray.cdk.deployment.Judge;
import dev.affray.document.Json;
import dev.affray.incident.Severity;
import dev.affray.recipient.Filter;
import dev.affray.recipient.Recipient;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.cxapi.SynthesisMessage;

/** One variant of the stack, synthesized once for all tests, with small stand-ins for the functions' jars and with the checks of cdk-nag. */
enum Synthesized {
    EDGE_SCORE(new Judge.EdgeScore(), Removal.RETAIN, List.of("+4915112345678")),
    MODERATION(new Judge.Moderation(List.of("Physical Violence", "Weapon Violence")), Removal.DESTROY, List.of()),
    /** Behind the edge score. */
    CUSTOM_LABELS(
            new Judge.Cascade(30, new Judge.CustomLabels(List.of("fight"), Synthesized.MODEL)),
            Removal.RETAIN,
            List.of());

    static final String MODEL =
            "arn:aws:rekognition:eu-central-1:123456789012:project/fights/version/fights.1/1700000000000";

    static final String CREDENTIALS = "c1b2c3d4e5f6g7.credentials.iot.eu-central-1.amazonaws.com";

    static final String OWN_NAME = "https://alerts.school.example";

    private final Resources stack;
    private final List<String> complaints;

    Synthesized(Judge judge, Removal removal, List<String> sms) {
        App app = new App(AppProps.builder()
                .analyticsReporting(false)
                .outdir(Path.of("target", "cdk.out-" + name()).toString())
                .build());
        Environment environment = Environment.builder()
                .account("123456789012")
                .region("eu-central-1")
                .build();
        AffrayStack stack = new AffrayStack(app, deployment(judge, removal, alerts(sms)), jars(), environment);
        Aspects.of(app).add(AwsSolutionsChecks.Builder.create().build());
        this.stack =
                new Resources(Json.MAPPER.valueToTree(Template.fromStack(stack).toJSON()));
        Annotations annotations = Annotations.fromStack(stack);
        complaints = Stream.of(
                        annotations.findError("*", Match.anyValue()), annotations.findWarning("*", Match.anyValue()))
                .flatMap(List::stream)
                .map(Synthesized::text)
                .toList();
    }

    static Deployment deployment(Judge judge, Removal removal, Audience alerts) {
        return new Deployment(
                "affray",
                Optional.empty(),
                Optional.empty(),
                judge,
                alerts,
                new Escalation(7, new Audience(all("head@example.org"), all("+4915112345670"), List.of())),
                new Audience(all("it@example.org"), all("+4915112345671"), List.of()),
                removal == Removal.DESTROY ? Optional.of("alerts@school.example") : Optional.empty(),
                new Retention(14, 15, 365, 30),
                new Concurrency(5, 2),
                removal,
                judge instanceof Judge.EdgeScore ? Optional.of(CREDENTIALS) : Optional.empty(),
                new Links(5, removal == Removal.DESTROY ? Optional.of(URI.create(OWN_NAME)) : Optional.empty()));
    }

    /** Somebody by mail who is told of everything, one who is not, and a program. */
    private static Audience alerts(List<String> sms) {
        Filter some =
                new Filter(List.of("Lincoln School"), List.of("gateway-1/door", "yard"), List.of(), Severity.HIGH);
        return new Audience(
                Stream.concat(all("guard@example.org").stream(), Stream.of(new Recipient("head@example.org", some)))
                        .toList(),
                sms.stream().map(number -> new Recipient(number, some)).toList(),
                all("https://alarms.example.org/affray"));
    }

    static List<Recipient> all(String to) {
        return List.of(new Recipient(to, Filter.ALL));
    }

    Resources stack() {
        return stack;
    }

    /** Errors and warnings, of cdk-nag and others. */
    List<String> complaints() {
        return complaints;
    }

    private static String text(SynthesisMessage message) {
        return message.getId() + ": " + message.getEntry().getData();
    }

    static FunctionJars jars() {
        try {
            Path folder = Files.createDirectories(Path.of("target", "jars"));
            return new FunctionJars(
                    jar(folder, "inference"), jar(folder, "alerting"), jar(folder, "fleet"), jar(folder, "console"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path jar(Path folder, String name) throws IOException {
        Path file = folder.resolve(name + ".jar");
        try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(file))) {
            jar.putNextEntry(new ZipEntry(name));
        }
        return file;
    }
}
