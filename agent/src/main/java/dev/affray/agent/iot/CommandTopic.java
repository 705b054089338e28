package dev.affray.agent.iot;

import dev.affray.agent.health.Trouble;
import dev.affray.command.Command;
import dev.affray.command.CommandAnswer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic of this gateway's commands, and those of its answers. It subscribes anew after each connecting; what is sent while there is no connection is lost,
 * which the sender notices. AWS IoT may end the connection of who subscribes to what its policy does not allow: after that has happened three times in a row, it is
 * tried again after a long pause only, so that all the rest goes on. Thread-safe.
 */
public final class CommandTopic implements MqttConnection.Listener {
    private static final Logger log = LoggerFactory.getLogger(CommandTopic.class);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration LONG_PAUSE = Duration.ofMinutes(10);
    private static final int MOST_BROKEN = 3;

    /** Hears the commands, on the connection's own thread: to hand over, not to work. */
    public interface Listener {
        /** A message as it came. */
        void take(byte[] message);

        /** It can be answered. */
        void connected();
    }

    private final String thing;
    private final String topic;
    private final MqttConnection connection;
    private final int mostBroken;
    private final Duration longPause;
    private final Trouble subscribing;
    private volatile Listener listener = new Nobody();
    /** Counts connections; guarded by this, as what follows. */
    private int current;

    private boolean asked;
    private int broken;

    public CommandTopic(String thing, MqttConnection connection) {
        this(thing, connection, MOST_BROKEN, LONG_PAUSE);
    }

    /** @param mostBroken connections that may end this way before the long pause */
    CommandTopic(String thing, MqttConnection connection, int mostBroken, Duration longPause) {
        this.thing = thing;
        this.topic = Command.topic(thing);
        this.connection = connection;
        this.mostBroken = mostBroken;
        this.longPause = longPause;
        this.subscribing = new Trouble(log, "Subscribing to " + topic);
    }

    /** Who hears the commands; to be called before the connection starts. */
    public void hand(Listener hearing) {
        listener = hearing;
    }

    /** Publishes an answer, which the broker keeps. */
    public CompletableFuture<Void> answer(CommandAnswer answer) {
        try {
            return connection.publishRetained(CommandAnswer.topic(thing, answer.camera()), answer);
        } catch (RuntimeException e) {
            // The connection is closed for good.
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public synchronized void connected() {
        current++;
        if (broken < mostBroken) {
            subscribe(current);
        } else {
            later(longPause, current);
        }
    }

    @Override
    public synchronized void disconnected() {
        current++;
        if (asked) {
            asked = false;
            broken++;
            subscribing.failed("the connection ended when it was asked for: does the gateway's policy allow it?");
        }
    }

    @Override
    public void message(String heard, byte[] payload) {
        if (heard.equals(topic)) {
            listener.take(payload);
        }
    }

    private synchronized void subscribe(int of) {
        if (of != current) {
            return;
        }
        asked = true;
        var _ = connection.subscribe(List.of(topic)).whenComplete((_, failure) -> answered(of, failure));
    }

    private void answered(int of, @Nullable Throwable failure) {
        synchronized (this) {
            if (of != current) {
                return;
            }
            if (failure != null && !connection.isConnected()) {
                // What ended it is told next.
                return;
            }
            asked = false;
            if (failure != null) {
                subscribing.failed(String.valueOf(failure.getMessage()));
                later(PAUSE, of);
                return;
            }
            broken = 0;
            subscribing.worked();
        }
        listener.connected();
    }

    private void later(Duration pause, int of) {
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> subscribe(of));
    }

    /** Before there is somebody. */
    private record Nobody() implements Listener {
        @Override
        public void take(byte[] message) {}

        @Override
        public void connected() {}
    }
}
