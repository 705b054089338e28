package dev.affray.cloud.alerting;

import dev.affray.cloud.state.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All channels as one publisher, for as long as a claim is not kept for each: a message goes to every channel that reaches its group, and comes again to all
 * of them when one has refused it.
 */
public record Fanout(List<Channel> channels) implements Publisher {
    public Fanout {
        channels = List.copyOf(channels);
    }

    @Override
    public String publish(Message message) throws PublishException {
        PublishException refused = null;
        String receipt = "nobody is to be told";
        for (Channel channel : channels) {
            if (channel.groups().contains(group(message))) {
                try {
                    receipt = channel.publisher().publish(message);
                } catch (PublishException e) {
                    refused = first(refused, e);
                }
            }
        }
        if (refused != null) {
            throw refused;
        }
        return receipt;
    }

    private static Group group(Message message) {
        return switch (message) {
            case Alert alert when alert.incident().kind().isCondition() -> Group.OPERATIONS;
            case Alert alert -> alert.step() == Step.ESCALATED ? Group.ESCALATION : Group.ALERTS;
            case Digest digest -> group(digest.alerts().getFirst());
        };
    }

    private static PublishException first(@Nullable PublishException before, PublishException now) {
        return before == null ? now : before;
    }
}
