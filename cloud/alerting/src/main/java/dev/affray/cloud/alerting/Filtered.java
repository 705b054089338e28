package dev.affray.cloud.alerting;

import dev.affray.recipient.Filter;

/** Hands over only what a recipient wants to be told of; of the rest the receipt says that it was left out. */
record Filtered(Filter filter, Publisher publisher) implements Publisher {
    static final String LEFT_OUT = "left out by the recipient's filter";

    @Override
    public String publish(Message message) throws PublishException {
        return filter.matches(Attributes.of(message)) ? publisher.publish(message) : LEFT_OUT;
    }
}
