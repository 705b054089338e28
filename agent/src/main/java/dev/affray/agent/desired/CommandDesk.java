package dev.affray.agent.desired;

import dev.affray.command.Command;
import dev.affray.command.CommandAnswer;
import dev.affray.document.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a command to a gateway, and waits for what becomes of it. Of each camera the cloud keeps one answer alone, which may be the answer to somebody else: as long
 * as this command has none, it is sent again every few seconds, and the gateway, which does it once, answers again.
 */
public final class CommandDesk {
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final Duration AGAIN = Duration.ofSeconds(4);

    private final ThingShadows cloud;
    private final Consumer<CommandAnswer> begun;
    private final Duration pause;
    private final Duration again;

    /** What is known once no more is waited for. */
    public sealed interface Waited {
        /** It is over, after so many seconds. */
        record Over(CommandAnswer answer, double seconds) implements Waited {}

        /** It was begun, and is still under way. */
        record UnderWay() implements Waited {}

        /** Nobody answered. */
        record Silent() implements Waited {}
    }

    /** @param begun hears that it was begun */
    public CommandDesk(ThingShadows cloud, Consumer<CommandAnswer> begun) {
        this(cloud, begun, PAUSE, AGAIN);
    }

    CommandDesk(ThingShadows cloud, Consumer<CommandAnswer> begun, Duration pause, Duration again) {
        this.cloud = cloud;
        this.begun = begun;
        this.pause = pause;
        this.again = again;
    }

    /**
     * Sends it, at least once.
     *
     * @param patience zero for not waiting at all
     */
    public Waited send(Command command, Duration patience) throws DesiredException, InterruptedException {
        byte[] document = Json.write(command).getBytes(StandardCharsets.UTF_8);
        String topic = Command.topic(cloud.thing());
        long began = System.nanoTime();
        long sent = began;
        boolean underWay = false;
        cloud.publish(topic, document);
        while (System.nanoTime() - began < patience.toNanos()) {
            CommandAnswer answer = answer(command);
            if (answer != null && !answer.goesOn()) {
                return new Waited.Over(answer, (System.nanoTime() - began) / 1e9);
            }
            if (answer != null && !underWay) {
                underWay = true;
                begun.accept(answer);
            }
            if (answer == null && System.nanoTime() - sent > again.toNanos()) {
                sent = System.nanoTime();
                cloud.publish(topic, document);
            }
            Thread.sleep(pause);
        }
        return underWay ? new Waited.UnderWay() : new Waited.Silent();
    }

    private @Nullable CommandAnswer answer(Command command) throws DesiredException {
        Optional<byte[]> kept = cloud.kept(CommandAnswer.topic(cloud.thing(), command.camera()));
        if (kept.isEmpty()) {
            return null;
        }
        try {
            CommandAnswer answer = Json.MAPPER.convertValue(Json.tree(kept.get()), CommandAnswer.class);
            return command.id().equals(answer.id()) ? answer : null;
        } catch (IllegalArgumentException e) {
            throw new DesiredException("what is kept as the last answer about camera " + command.camera()
                    + " is no answer; somebody else wrote it, or the gateway is of a newer version");
        }
    }
}
