package dev.affray.cloud.local.queue;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.actor.queue.QueueEvent;
import org.elasticmq.persistence.sql.DB;
import org.elasticmq.persistence.sql.SqlQueuePersistenceConfig;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.util.NowProvider;
import scala.Option;
import scala.concurrent.Await;
import scala.util.Either;
import scalikejdbc.ConnectionPool;

/** ElasticMQ with its H2 record: what was in the file is restored before the port opens. */
final class SqsServer implements AutoCloseable {
    private static final String DRIVER = "org.h2.Driver";
    private static final String ACCOUNT = "000000000000";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ActorSystem actors;
    private final SQSRestServer rest;
    private final URI endpoint;
    private boolean closed;

    private SqsServer(ActorSystem actors, SQSRestServer rest) {
        this.actors = actors;
        this.rest = rest;
        this.endpoint = URI.create(
                "http://127.0.0.1:" + rest.waitUntilStarted().localAddress().getPort());
    }

    static SqsServer start(Path file, int port, String region) throws IOException {
        String database = database(file);
        ActorSystem actors = ActorSystem.create(
                "sqs",
                ConfigFactory.parseMap(Map.of(
                                "pekko.daemonic", "on",
                                "pekko.loggers-dispatcher", "pekko.actor.internal-dispatcher",
                                "pekko.stdout-loglevel", "WARNING",
                                "pekko.loglevel", "WARNING",
                                "pekko.jvm-shutdown-hooks", "off"))
                        .withFallback(ConfigFactory.load()));
        try {
            ActorRef queues = restored(actors, database);
            SQSRestServer rest = SQSRestServerBuilder.withActorSystem(actors)
                    .withQueueManagerActor(queues)
                    .withAWSRegion(region)
                    .withAWSAccountId(ACCOUNT)
                    .withInterface("127.0.0.1")
                    .withPort(port)
                    .start();
            return new SqsServer(actors, rest);
        } catch (Exception e) {
            stop(actors);
            throw new IOException("cannot serve SQS on 127.0.0.1 port " + port + " from " + file + ": " + e, e);
        }
    }

    URI endpoint() {
        return endpoint;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            rest.stopAndWait();
            stop(actors);
        }
    }

    /** The address of the database, tried out. Without a write delay a message is in the file before its sender is answered. */
    private static String database(Path file) throws IOException {
        String url = "jdbc:h2:file:" + file + ";WRITE_DELAY=0;RETENTION_TIME=1000;DB_CLOSE_ON_EXIT=FALSE";
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.setAutoCommit(true);
            return url;
        } catch (SQLException e) {
            throw new IOException(
                    file
                            + ".mv.db cannot be opened; when no other process uses it, move it away to start with empty queues: "
                            + e.getMessage(),
                    e);
        }
    }

    /** ElasticMQ's configuration, and the pool that it shares with every other in this process, pointed at the database. */
    private static SqlQueuePersistenceConfig configured(String url) {
        SqlQueuePersistenceConfig config = new SqlQueuePersistenceConfig(true, DRIVER, url, "", "", false);
        DB.initializeSingleton(config);
        ConnectionPool.singleton(
                url,
                "",
                "",
                ConnectionPool.singleton$default$4(),
                ConnectionPool.singleton$default$5(url, "", "", ConnectionPool.singleton$default$4()));
        return config;
    }

    private static ActorRef restored(ActorSystem actors, String database) throws Exception {
        SqlQueuePersistenceConfig config = configured(database);
        ActorRef journal = actors.actorOf(Props.create(Journal.class, () -> new Journal(config)));
        ActorRef queues = actors.actorOf(Props.create(
                QueueManagerActor.class,
                () -> new QueueManagerActor(new NowProvider(), StrictSQSLimits$.MODULE$, Option.apply(journal))));
        Object answer = Patterns.ask(journal, new QueueEvent.Restore(queues), PATIENCE)
                .toCompletableFuture()
                .get();
        if (answer instanceof Either<?, ?> result && result.isLeft()) {
            throw new IOException("the stored queues cannot be restored: " + result);
        }
        return queues;
    }

    private static void stop(ActorSystem actors) {
        try {
            Await.ready(
                    actors.terminate(),
                    scala.concurrent.duration.Duration.create(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("SQS did not stop", e);
        } finally {
            ConnectionPool.closeAll();
        }
    }
}
