package dev.affray.cloud.local.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affray.frame.Line;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class LocalSqsTest {
    @TempDir
    Path folder;

    @Test
    void servesBothLinesOnLoopback_withADeadLetterQueueEach() throws IOException {
        try (LocalSqs sqs = LocalSqs.start(folder, 0)) {
            assertThat(sqs.endpoint()).hasHost("127.0.0.1").hasScheme("http");
            assertThat(sqs.endpoint().getPort()).isPositive();
            for (Line line : Line.values()) {
                assertThat(URI.create(sqs.queueUrl(line)).getPath()).endsWith("/affray-" + line.prefix());
                var attributes = sqs.client()
                        .getQueueAttributes(b -> b.queueUrl(sqs.queueUrl(line)).attributeNames(QueueAttributeName.ALL))
                        .attributes();
                assertThat(attributes).containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "30");
                assertThat(attributes.get(QueueAttributeName.REDRIVE_POLICY))
                        .contains("affray-" + line.prefix() + "-dlq")
                        .contains(Integer.toString(LocalSqs.MAX_RECEIVES));
                assertThat(sqs.deadLetters(line)).isZero();
            }
        }
    }

    @Test
    void keepsMessagesAndWhatIsInFlight_acrossACleanRestart() throws IOException {
        try (LocalSqs sqs = LocalSqs.start(folder, 0)) {
            sqs.send(Line.LIVE, "taken");
            assertThat(receive(sqs, Line.LIVE)).containsExactly("taken");
            sqs.send(Line.LIVE, "waiting");
            sqs.send(Line.BACKLOG, "late");
        }
        try (LocalSqs sqs = LocalSqs.start(folder, 0)) {
            assertThat(new QueueDepth(sqs.client(), sqs.queueUrl(Line.LIVE)).total())
                    .isEqualTo(2);
            assertThat(receive(sqs, Line.LIVE)).containsExactly("waiting");
            assertThat(receive(sqs, Line.BACKLOG)).containsExactly("late");
        }
    }

    @Test
    void losesNoAcknowledgedMessage_whenTheProcessIsKilled() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SqsChild.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Set<String> acknowledged = new HashSet<>();
        try (BufferedReader lines = child.inputReader()) {
            while (acknowledged.size() < 60) {
                acknowledged.add(sent(lines));
            }
            assertThat(child.toHandle().destroyForcibly()).isTrue();
            child.waitFor();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                acknowledged.add(line.substring("sent ".length()));
            }
        }
        Set<String> found = new HashSet<>();
        try (LocalSqs sqs = LocalSqs.start(folder, 0)) {
            for (List<String> batch = receive(sqs, Line.LIVE); !batch.isEmpty(); batch = receive(sqs, Line.LIVE)) {
                found.addAll(batch);
            }
        }
        assertThat(found).containsAll(acknowledged);
    }

    @Test
    void refusesAFolderThatCannotBeUsed() throws IOException {
        Path file = Files.createFile(folder.resolve("queues.mv.db"));
        Files.writeString(file, "no database".repeat(2_000));
        assertThatThrownBy(() -> LocalSqs.start(folder, 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("queues.mv.db")
                .hasMessageContaining("move it away");
    }

    private static String sent(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        assertThat(line).startsWith("sent ");
        return line.substring("sent ".length());
    }

    private static List<String> receive(LocalSqs sqs, Line line) {
        return sqs
                .client()
                .receiveMessage(b ->
                        b.queueUrl(sqs.queueUrl(line)).maxNumberOfMessages(10).waitTimeSeconds(1))
                .messages()
                .stream()
                .map(Message::body)
                .toList();
    }
}
