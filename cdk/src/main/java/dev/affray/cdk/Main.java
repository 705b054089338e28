package dev.affray.cdk;

import dev.affray.cdk.deployment.Deployment;
import dev.affray.cdk.deployment.DeploymentYaml;
import dev.affray.cdk.stack.AffrayStack;
import dev.affray.cdk.stack.FunctionJars;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Environment;

/** What the CDK's command line starts, in the folder of cdk.json. Exit status 2: the settings are wrong or something is not built. */
public final class Main {
    /** Where the settings are looked for, unless {@code -c deployment=FILE} says otherwise. */
    static final Path SETTINGS = Path.of("..", "config", "deployment.yaml");

    private static final Path ROOT = Path.of("..");

    private Main() {}

    public static void main(String[] args) {
        App app = new App();
        Object named = app.getNode().tryGetContext("deployment");
        Path file = named == null ? SETTINGS : Path.of(named.toString());
        switch (DeploymentYaml.load(file)) {
            case Reading.Refused<Deployment>(List<Problem> problems) -> refuse(file, problems);
            case Reading.Accepted<Deployment>(Deployment deployment) -> synthesize(app, deployment);
        }
    }

    private static void synthesize(App app, Deployment deployment) {
        FunctionJars jars = FunctionJars.builtIn(ROOT);
        if (!jars.missing().isEmpty()) {
            System.err.println("affray: not built yet: " + jars.missing());
            System.err.println(
                    "affray: run this in the root of the repository first: mvn package -DskipTests -pl cdk -am");
            System.exit(2);
        }
        new AffrayStack(app, deployment, jars, environment(deployment, System.getenv()));
        Aspects.of(app).add(AwsSolutionsChecks.Builder.create().verbose(true).build());
        app.synth();
    }

    /** What the settings leave out is that of the credentials which deploy, as far as the command line knows it. */
    static Environment environment(Deployment deployment, Map<String, String> variables) {
        Environment.Builder environment = Environment.builder();
        deployment
                .account()
                .or(() -> Optional.ofNullable(variables.get("CDK_DEFAULT_ACCOUNT")))
                .ifPresent(environment::account);
        deployment
                .region()
                .or(() -> Optional.ofNullable(variables.get("CDK_DEFAULT_REGION")))
                .ifPresent(environment::region);
        return environment.build();
    }

    private static void refuse(Path file, List<Problem> problems) {
        System.err.println("affray: " + file.toAbsolutePath().normalize() + " cannot be used:");
        problems.forEach(problem -> System.err.println("  " + problem));
        System.err.println(
                "affray: a sample to copy is config/src/main/resources/dev/affray/config/defaults/deployment.yaml");
        System.exit(2);
    }
}
