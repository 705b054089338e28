package dev.affray.cloud.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.cloud.state.Step;
import dev.affray.incident.Severity;
import dev.affray.recipient.Filter;
import dev.affray.recipient.Recipient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChannelsTest {
    private static final Filter HIGH = new Filter(List.of(), List.of(), List.of(), Severity.HIGH);
    private static final Filter LINCOLN = new Filter(List.of("Lincoln School"), List.of(), List.of(), Severity.NORMAL);
    private static final Filter ELSEWHERE = new Filter(List.of("Yard"), List.of(), List.of(), Severity.NORMAL);

    private final List<String> told = new ArrayList<>();

    @Test
    void eachRecipientHasAChannel_whoseNameStaysAndDoesNotTellTheAddress() {
        List<Channel> channels = channels(Map.of(
                Group.ALERTS, List.of(all("guard@example.org"), all("head@example.org")),
                Group.OPERATIONS, List.of(all("it@example.org"))));

        assertThat(channels)
                .extracting(Channel::name)
                .containsExactly("smtp-b85460b482ed", "smtp-479901d8794c", "smtp-7604d0c6c953");
    }

    @Test
    void whoIsInSeveralGroupsIsToldOnce_unlessTheFiltersDiffer() {
        assertThat(channels(Map.of(
                        Group.ALERTS, List.of(all("guard@example.org")),
                        Group.OPERATIONS, List.of(all("guard@example.org")))))
                .singleElement()
                .satisfies(channel ->
                        assertThat(channel.groups()).containsExactlyInAnyOrder(Group.ALERTS, Group.OPERATIONS));
        assertThat(channels(Map.of(
                        Group.ALERTS, List.of(new Recipient("guard@example.org", HIGH)),
                        Group.OPERATIONS, List.of(all("guard@example.org")))))
                .hasSize(2)
                .extracting(Channel::name)
                .doesNotHaveDuplicates();
    }

    @Test
    void aFilterLeavesOutWhatItsRecipientDoesNotWant_andTheReceiptSaysSo() throws Exception {
        assertThat(publish(LINCOLN, step(Step.OPENED))).isEqualTo("told");
        assertThat(publish(ELSEWHERE, step(Step.OPENED))).isEqualTo("left out by the recipient's filter");
        assertThat(told).containsExactly("0123456789ab-opened");
    }

    @Test
    void whoWantsSevereOnesIsToldWhenOneBecomesSo() throws Exception {
        assertThat(publish(HIGH, step(Step.OPENED))).startsWith("left out");
        assertThat(publish(HIGH, step(Step.RAISED))).isEqualTo("told");
    }

    @Test
    void aMuteIsToldWhateverSeverityIsAskedFor() throws Exception {
        assertThat(publish(HIGH, step(Step.MUTED))).isEqualTo("told");
        assertThat(publish(HIGH, step(Step.UNMUTED))).isEqualTo("told");
        assertThat(publish(ELSEWHERE, step(Step.MUTED))).startsWith("left out");
    }

    @Test
    void aDigestIsToldToAllOfWhomItTellsSomething() throws Exception {
        Digest digest = new Digest(List.of(step(Step.OPENED), Alerts.named("Gate", "Yard")));
        assertThat(publish(LINCOLN, digest)).isEqualTo("told");
        assertThat(publish(ELSEWHERE, digest)).isEqualTo("told");
        assertThat(publish(HIGH, digest)).startsWith("left out");
        assertThat(Attributes.of(digest).get("site")).containsExactly("Lincoln School", "Yard");
    }

    @Test
    void everyMessageHasAValueForEachAttribute() {
        assertThat(Alerts.all())
                .allSatisfy(alert -> assertThat(Attributes.of(alert))
                        .hasSize(8)
                        .allSatisfy(
                                (_, values) -> assertThat(values).isNotEmpty().noneMatch(String::isBlank)));
    }

    private String publish(Filter filter, Message message) throws Publisher.PublishException {
        List<Channel> channels = channels(Map.of(Group.ALERTS, List.of(new Recipient("x@example.org", filter))));
        return channels.getFirst().publisher().publish(message);
    }

    private List<Channel> channels(Map<Group, List<Recipient>> recipients) {
        return Channels.each("smtp", recipients, _ -> message -> {
            told.add(message.id());
            return "told";
        });
    }

    private static Recipient all(String address) {
        return new Recipient(address, Filter.ALL);
    }

    private static Alert step(Step step) {
        return Alerts.all().stream()
                .filter(alert ->
                        alert.step() == step && !alert.incident().kind().isCondition())
                .findFirst()
                .orElseThrow();
    }
}
