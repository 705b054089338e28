package dev.affray.cloud.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.camera.AlertRule;
import dev.affray.cloud.state.Action;
import dev.affray.cloud.state.Casebook;
import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.Trigger;
import dev.affray.document.Json;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import dev.affray.incident.BestFrame;
import dev.affray.incident.IncidentKind;
import dev.affray.incident.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/** Cameras, people and what they are told, over real stores. Frames are captured when the cloud's clock says so; the feed hands each head over at once. */
final class Scene implements AutoCloseable {
    static final Duration ESCALATE_AFTER = Duration.ofMinutes(5);

    final SettableClock clock = new SettableClock(Heads.START);
    final Told guards = new Told();
    final Told second = new Told();
    final Told operations = new Told();
    final State state;
    final Alerting alerting;
    private final Tick tick;
    private int frames;
    private int documents;

    /** What one channel hands over. */
    static final class Told implements Publisher {
        final List<Message> messages = new ArrayList<>();
        boolean refuses;
        Consumer<Message> listener = _ -> {};

        @Override
        public synchronized String publish(Message message) throws PublishException {
            if (refuses) {
                throw new PublishException("refused", new java.io.IOException("refused"));
            }
            messages.add(message);
            listener.accept(message);
            return "m-" + messages.size();
        }

        /** The steps told since the last look, with what a digest holds in brackets. */
        synchronized List<String> news() {
            List<String> news = messages.stream().map(Told::text).toList();
            messages.clear();
            return news;
        }

        private static String text(Message message) {
            return switch (message) {
                case Alert alert ->
                    alert.step() + " " + alert.cameraName()
                            + alert.lead().map(l -> " with " + l.cameraName()).orElse("");
                case Digest digest ->
                    digest.alerts().stream().map(Told::text).toList().toString();
            };
        }
    }

    Scene(State state, Policy policy) {
        this.state = state;
        List<Channel> channels = List.of(
                new Channel("guards", Set.of(Group.ALERTS), guards),
                new Channel("second", Set.of(Group.ESCALATION), second),
                new Channel("operations", Set.of(Group.OPERATIONS), operations));
        alerting = new Alerting(state.stores(), channels, policy, (_, _) -> Optional.empty(), clock);
        tick = new Tick(state.incidents(), alerting, _ -> AlertRule.DEFAULT);
    }

    static Policy escalating() {
        return new Policy(Optional.of(ESCALATE_AFTER), 1_000_000, 1_000_000, 1_000_000);
    }

    /** Gives a camera its document. */
    void document(String camera, String more) {
        state.cameras().putDocument(id(camera), ++documents, Json.tree("""
                {"name":"%s","site":{"name":"School","zone":"Europe/Berlin"}%s}""".formatted(camera, more)));
    }

    /** The rule holds on a camera now. Returns the incident. */
    String fight(String camera, Severity severity) {
        return fight(camera, Line.LIVE, severity);
    }

    String fight(String camera, Line line, Severity severity) {
        Instant now = clock.instant();
        Frame frame = new Frame(id(camera), now, frames++, OptionalInt.of(90));
        Trigger trigger = new Trigger(now, severity, List.of(new BestFrame(new FrameKey(line, frame).format(), 90)));
        Head head = state.incidents().head(id(camera), IncidentKind.FIGHT, line);
        Head changed = head.with(List.of(trigger), AlertRule.DEFAULT.closeAfter(), now);
        store(changed);
        return changed.incidents().getLast().id();
    }

    String fight(String camera) {
        return fight(camera, Severity.NORMAL);
    }

    /** Somebody does something about an incident. */
    void act(String incident, Action action) {
        Casebook.Outcome outcome = new Casebook(state.incidents(), clock).act(incident, action, "link");
        Casebook.Outcome.Done done = (Casebook.Outcome.Done) outcome;
        handle(state.incidents()
                .head(
                        done.now().whole().camera(),
                        done.now().whole().kind(),
                        done.now().whole().line()));
    }

    /** Time passes, with a tick at the end of each minute. */
    void minutes(int minutes) {
        for (int i = 0; i < minutes; i++) {
            clock.advance(Duration.ofMinutes(1));
            tick.run(clock.instant());
            state.incidents().recent(1000).stream()
                    .map(i2 -> state.incidents().head(i2.camera(), i2.kind(), i2.line()))
                    .distinct()
                    .forEach(this::handle);
        }
    }

    void seconds(int seconds) {
        clock.advance(Duration.ofSeconds(seconds));
    }

    void store(Head head) {
        assertThat(state.incidents().replace(head)).isTrue();
        handle(head);
    }

    /** As a feed would, until it worked; the tick does what it cannot. */
    private void handle(Head head) {
        try {
            alerting.handle(head);
        } catch (Alerting.Postponed e) {
            clock.advance(Duration.ZERO);
        }
    }

    static CameraId id(String camera) {
        return new CameraId("gateway-1", camera.replace(' ', '-'));
    }

    @Override
    public void close() {
        state.close();
    }
}
