package dev.affray.cloud.local.queue;

import dev.affray.frame.Line;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * SQS in this process, on 127.0.0.1, with one queue per line and a dead-letter queue behind each. A message is in the file before its sender is
 * answered, so a killed process loses none; it is not forced to the disk, so a power cut may cost the last seconds. One at a time in a process.
 */
public final class LocalSqs implements AutoCloseable {
    /** How long a received message stays hidden from others. */
    public static final Duration VISIBILITY = Duration.ofSeconds(30);

    /** How often a message is delivered before it goes to the dead-letter queue: with {@link QueuePump}'s back-off from one second on, over some five hours. */
    public static final int MAX_RECEIVES = 30;

    private static final String REGION = "eu-west-1";
    private static final String DEAD = "-dlq";
    private static final int CONNECTIONS = 64;

    private final SqsServer server;
    private final SqsClient client;
    private final Map<Line, String> queues = new EnumMap<>(Line.class);
    private final Map<Line, String> deadLetterQueues = new EnumMap<>(Line.class);

    private LocalSqs(SqsServer server) {
        this.server = server;
        this.client = SqsClient.builder()
                .endpointOverride(server.endpoint())
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(ApacheHttpClient.builder().maxConnections(CONNECTIONS))
                .build();
    }

    /**
     * Starts serving what the folder holds, and creates the queues that are absent.
     *
     * @param folder holds the file; made when absent
     * @param port 0 for any free one
     * @throws IOException when the folder is in use or unreadable, or the port is taken
     */
    public static LocalSqs start(Path folder, int port) throws IOException {
        Path root = Files.createDirectories(folder.toAbsolutePath().normalize());
        LocalSqs sqs = new LocalSqs(SqsServer.start(root.resolve("queues"), port, REGION));
        try {
            for (Line line : Line.values()) {
                sqs.createQueues(line);
            }
            return sqs;
        } catch (RuntimeException e) {
            sqs.close();
            throw new IOException("cannot create the queues: " + e.getMessage(), e);
        }
    }

    /** {@code affray-live} or {@code affray-backlog}. */
    public static String queueName(Line line) {
        return "affray-" + line.prefix();
    }

    /** Where it listens, with the port it really has. */
    public URI endpoint() {
        return server.endpoint();
    }

    /** A client of it, closed with it. */
    public SqsClient client() {
        return client;
    }

    /** The address of a line's queue. */
    public String queueUrl(Line line) {
        return url(queues, line);
    }

    /** The address of the queue that a line's hopeless messages end in. */
    public String deadLetterQueueUrl(Line line) {
        return url(deadLetterQueues, line);
    }

    /**
     * Puts a message on a line's queue.
     *
     * @throws RuntimeException when it may not have been stored; send it again
     */
    public void send(Line line, String body) {
        client.sendMessage(b -> b.queueUrl(queueUrl(line)).messageBody(body));
    }

    /** How many messages lie in a line's dead-letter queue. */
    public int deadLetters(Line line) {
        return new QueueDepth(client, deadLetterQueueUrl(line)).total();
    }

    /** Stops serving; the messages stay in the file. Idempotent. */
    @Override
    public void close() {
        client.close();
        server.close();
    }

    private void createQueues(Line line) {
        String visibility = Long.toString(VISIBILITY.toSeconds());
        String dead = create(queueName(line) + DEAD, Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, visibility));
        String arn = client.getQueueAttributes(b -> b.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        String redrive = "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":" + MAX_RECEIVES + "}";
        String queue = create(
                queueName(line),
                Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, visibility, QueueAttributeName.REDRIVE_POLICY, redrive));
        deadLetterQueues.put(line, dead);
        queues.put(line, queue);
    }

    private String create(String name, Map<QueueAttributeName, String> attributes) {
        return client.createQueue(b -> b.queueName(name).attributes(attributes)).queueUrl();
    }

    private static String url(Map<Line, String> urls, Line line) {
        String url = urls.get(line);
        if (url == null) {
            throw new IllegalStateException("no queue for " + line);
        }
        return url;
    }
}
