package dev.affray.agent.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.agent.camera.Cameras;
import dev.affray.agent.health.Trouble;
import dev.affray.agent.iot.CommandTopic;
import dev.affray.command.Command;
import dev.affray.command.CommandAnswer;
import dev.affray.command.CommandAnswer.State;
import dev.affray.command.CommandKind;
import dev.affray.document.Json;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people ask of the cameras.
 *
 * <pre>{@code
 * message -> no JSON, nobody to answer, too many -> counted, dropped
 *         -> id known                            -> its last answer again
 *         -> wrong, expired, too often, no use   -> REFUSED
 *         -> ACCEPTED -> CommandWork             -> DONE or FAILED
 * }</pre>
 *
 * <p>Every answer is published, and written to the audit file. One that cannot be published waits for the connection, the last one of each camera. Messages are
 * judged one after another on a thread of its own; {@link #MOST_AT_ONCE} commands are under way at a time.
 */
public final class Commands implements CommandTopic.Listener, AutoCloseable {
    /** How far the clocks of sender and gateway may be apart. */
    static final Duration TOLERANCE = Duration.ofSeconds(30);

    static final int MOST_AT_ONCE = 4;

    /** Of everything that comes, so that a flood of nonsense does not become a flood of answers. */
    static final int MESSAGES_A_MINUTE = 120;

    private static final Logger log = LoggerFactory.getLogger(Commands.class);
    private static final int MOST_WAITING = 64;
    private static final int MOST_PROBLEMS = 5;
    private static final int LONGEST_DETAIL = 1000;
    private static final long FAREWELL_SECONDS = 3;

    private final CommandWork work;
    private final Clock clock;
    private final Supplier<Instant> rightTime;
    private final Function<CommandAnswer, CompletableFuture<Void>> publisher;
    private final AuditFile audit;
    private final Rates rates = new Rates(System::nanoTime);
    private final TokenBucket messages = new TokenBucket(MESSAGES_A_MINUTE, Duration.ofMinutes(1), System::nanoTime);
    private final Remembered remembered = new Remembered();
    private final Map<String, CommandAnswer> unsent = new ConcurrentHashMap<>();
    private final Semaphore free = new Semaphore(MOST_AT_ONCE);
    private final Trouble understanding = new Trouble(log, "Understanding commands");
    private final Trouble keepingUp = new Trouble(log, "Keeping up with commands");
    private final Trouble answering = new Trouble(log, "Answering commands");
    private final ExecutorService judge = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().name("commands").daemon().factory());
    private final ExecutorService workers = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().name("command-", 1).daemon().factory());

    /**
     * @param data the agent's folder
     * @param minFreeBytes left on its disk
     * @param clock that frames go by
     * @param rightTime what the clock should say, as far as that is known
     * @param publisher publishes an answer, on the topic that it names
     * @throws IOException when the folder cannot be used
     */
    public Commands(
            String thing,
            Cameras cameras,
            ClipStore store,
            Path data,
            long minFreeBytes,
            Clock clock,
            Supplier<Instant> rightTime,
            Function<CommandAnswer, CompletableFuture<Void>> publisher)
            throws IOException {
        this(
                new CommandWork(thing, cameras, store, data.resolve("clips"), minFreeBytes, clock, Patience.USUAL),
                new AuditFile(data, AuditFile.MOST_BYTES),
                clock,
                rightTime,
                publisher);
    }

    Commands(
            CommandWork work,
            AuditFile audit,
            Clock clock,
            Supplier<Instant> rightTime,
            Function<CommandAnswer, CompletableFuture<Void>> publisher) {
        this.work = work;
        this.audit = audit;
        this.clock = clock;
        this.rightTime = rightTime;
        this.publisher = publisher;
    }

    /** Takes a message as it came, and returns at once. */
    @Override
    public void take(byte[] message) {
        if (!messages.take()) {
            keepingUp.failed("more than " + MESSAGES_A_MINUTE + " messages in a minute; one was dropped unread");
            return;
        }
        try {
            judge.execute(() -> {
                try {
                    judge(message);
                } catch (RuntimeException | Error e) {
                    log.error("A command could not be dealt with", e);
                }
            });
            keepingUp.worked();
        } catch (RejectedExecutionException e) {
            keepingUp.failed(MOST_WAITING + " messages wait already; one was dropped unread");
        }
    }

    /** There is a connection: says what could not be said before. */
    @Override
    public void connected() {
        for (CommandAnswer answer : List.copyOf(unsent.values())) {
            if (unsent.remove(answer.camera(), answer)) {
                publish(answer);
            }
        }
    }

    private void judge(byte[] message) {
        JsonNode document;
        try {
            document = Json.tree(message);
        } catch (IllegalArgumentException e) {
            understanding.failed("a message of " + message.length + " bytes was dropped, " + e.getMessage());
            return;
        }
        Optional<String> id = Command.idOf(document);
        Optional<String> camera = Command.cameraOf(document);
        if (id.isEmpty() || camera.isEmpty()) {
            understanding.failed("a message was dropped: nobody can be answered without id and camera, both names");
            return;
        }
        understanding.worked();
        CommandAnswer known = remembered.of(id.get());
        if (known != null) {
            publish(known);
            return;
        }
        switch (Command.read(document)) {
            case Reading.Refused<Command>(List<Problem> problems) ->
                answer(new Asked(id.get(), null, camera.get(), null), State.REFUSED, text(problems));
            case Reading.Accepted<Command>(Command command) -> admit(command);
        }
    }

    /** Whom an answer is for, as far as that could be read. */
    private record Asked(
            String id,
            @Nullable CommandKind command,
            String camera,
            @Nullable String by) {
        static Asked of(Command command) {
            return new Asked(command.id(), command.command(), command.camera(), command.by());
        }
    }

    private void admit(Command command) {
        Asked asked = Asked.of(command);
        Optional<String> refusal = untimely(command)
                .or(() -> work.refusal(command))
                .or(() -> rates.count(command.camera()))
                .or(() -> free.tryAcquire()
                        ? Optional.empty()
                        : Optional.of(MOST_AT_ONCE + " commands are under way already; try again in a while"));
        if (refusal.isPresent()) {
            answer(asked, State.REFUSED, refusal.get());
            return;
        }
        answer(asked, State.ACCEPTED, null);
        try {
            workers.execute(() -> {
                try {
                    finish(asked, outcome(command));
                } finally {
                    free.release();
                }
            });
        } catch (RejectedExecutionException e) {
            free.release();
            answer(asked, State.FAILED, "the agent stops");
        }
    }

    /** By the right time, as far as that is known; the sender's clock is taken as it is. */
    private Optional<String> untimely(Command command) {
        Instant now = rightTime.get().truncatedTo(ChronoUnit.MILLIS);
        if (now.isAfter(command.expiresAt().plus(TOLERANCE))) {
            return Optional.of("$.expiresAt: it expired at " + command.expiresAt() + "; here it is " + now);
        }
        return command.sentAt().isAfter(now.plus(TOLERANCE))
                ? Optional.of("$.sentAt: is " + command.sentAt() + ", which lies ahead; here it is " + now
                        + ". One of the two clocks is wrong")
                : Optional.empty();
    }

    private Outcome outcome(Command command) {
        try {
            return work.run(command);
        } catch (InterruptedException e) {
            return new Outcome.Failed("the agent stopped before it was done");
        } catch (IOException e) {
            return new Outcome.Failed("the gateway's disk: " + e);
        } catch (RuntimeException | Error e) {
            log.error("Command {} failed unexpectedly", command.id(), e);
            return new Outcome.Failed("internal error");
        }
    }

    private void finish(Asked asked, Outcome outcome) {
        switch (outcome) {
            case Outcome.Failed(String detail) -> answer(asked, State.FAILED, detail);
            case Outcome.Done done ->
                answer(new CommandAnswer(
                        asked.id(),
                        asked.command(),
                        asked.camera(),
                        asked.by(),
                        State.DONE,
                        done.detail(),
                        done.objectKey(),
                        done.from(),
                        done.to(),
                        now()));
        }
    }

    private void answer(Asked asked, State state, @Nullable String detail) {
        String cut = detail == null || detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL);
        answer(new CommandAnswer(
                asked.id(), asked.command(), asked.camera(), asked.by(), state, cut, null, null, null, now()));
    }

    private void answer(CommandAnswer answer) {
        remembered.keep(answer);
        audit.add(answer);
        if (!answer.goesOn()) {
            log.info(
                    "Command {}: {} of camera {}, asked by {}: {}{}{}",
                    answer.id(),
                    answer.command() == null ? "nothing known" : answer.command(),
                    answer.camera(),
                    answer.by() == null ? "nobody named" : "'" + answer.by() + "'",
                    answer.state(),
                    answer.objectKey() == null ? "" : ", " + answer.objectKey(),
                    answer.detail() == null ? "" : ", " + answer.detail());
        }
        publish(answer);
    }

    private void publish(CommandAnswer answer) {
        var _ = publisher.apply(answer).whenComplete((_, failure) -> {
            if (failure == null) {
                answering.worked();
                unsent.computeIfPresent(
                        answer.camera(), (_, waiting) -> waiting.at().isAfter(answer.at()) ? waiting : null);
            } else {
                answering.failed(String.valueOf(failure.getMessage()));
                unsent.merge(answer.camera(), answer, (one, other) -> one.at().isAfter(other.at()) ? one : other);
            }
        });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String text(List<Problem> problems) {
        String first =
                problems.stream().limit(MOST_PROBLEMS).map(Problem::toString).collect(Collectors.joining("; "));
        return problems.size() <= MOST_PROBLEMS
                ? first
                : first + "; and " + (problems.size() - MOST_PROBLEMS) + " more";
    }

    /** Begins nothing any more, and lets what is under way end as failed; waits some seconds at most. */
    @Override
    public void close() {
        judge.shutdownNow();
        workers.shutdownNow();
        try {
            if (!workers.awaitTermination(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                log.warn("A command is still under way while the agent stops");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
