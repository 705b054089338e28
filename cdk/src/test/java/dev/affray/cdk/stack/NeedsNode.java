package dev.affray.cdk.stack;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The CDK runs in a process of Node.js; where there is none, such tests are skipped. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsNode.Condition.class)
public @interface NeedsNode {
    /** Looks once. */
    final class Condition implements ExecutionCondition {
        private static final boolean THERE = answers();

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return THERE
                    ? ConditionEvaluationResult.enabled("there is a node")
                    : ConditionEvaluationResult.disabled("no program 'node' (Node.js 20 or newer) on the PATH");
        }

        private static boolean answers() {
            try {
                Process node = new ProcessBuilder("node", "--version").start();
                String version = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                Matcher major = Pattern.compile("v(\\d+)\\..*\\s*").matcher(version);
                return node.waitFor() == 0 && major.matches() && Integer.parseInt(major.group(1)) >= 20;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
