package dev.affray.cloud.local;

import dev.affray.cloud.alerting.Channel;
import dev.affray.cloud.alerting.Channels;
import dev.affray.cloud.alerting.Group;
import dev.affray.cloud.alerting.Publisher;
import dev.affray.cloud.alerting.webhook.WebhookSecret;
import dev.affray.cloud.alerting.webhook.WebhookTarget;
import dev.affray.cloud.alerting.webhook.Webhooks;
import dev.affray.cloud.local.Recipients.Audience;
import dev.affray.cloud.local.Recipients.Webhook;
import dev.affray.recipient.Recipient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** A channel for each recipient: by mail, and by webhook. */
final class LocalChannels {
    private LocalChannels() {}

    /**
     * The channels.
     *
     * @param mail what sends to one address
     * @param environment where the secrets of webhooks are
     */
    static List<Channel> of(
            Recipients recipients,
            Function<String, Publisher> mail,
            Webhooks webhooks,
            Map<String, String> environment) {
        Map<String, Publisher> posting = new HashMap<>();
        recipients
                .webhooks()
                .forEach(webhook ->
                        posting.computeIfAbsent(webhook.to(), _ -> publisher(webhook, webhooks, environment)));
        return Stream.concat(
                        Channels.each("smtp", groups(recipients, Audience::email), mail).stream(),
                        Channels.each(
                                "webhook",
                                groups(recipients, LocalChannels::urls),
                                to -> Objects.requireNonNull(posting.get(to)))
                                .stream())
                .toList();
    }

    private static Map<Group, List<Recipient>> groups(
            Recipients recipients, Function<Audience, List<Recipient>> medium) {
        return Map.of(
                Group.ALERTS, medium.apply(recipients.alerts()),
                Group.ESCALATION, medium.apply(recipients.escalation()),
                Group.OPERATIONS, medium.apply(recipients.operations()));
    }

    private static List<Recipient> urls(Audience audience) {
        return audience.webhook().stream()
                .map(webhook -> new Recipient(webhook.to(), webhook.filter()))
                .toList();
    }

    private static Publisher publisher(Webhook webhook, Webhooks webhooks, Map<String, String> environment) {
        return webhooks.to(
                WebhookTarget.of(webhook.to(), webhook.unprotected()),
                WebhookSecret.of(environment.getOrDefault(webhook.secretVariable(), "")));
    }
}
