package dev.affray.cloud.local.iot;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Rules that write down what they were given, as "topic payload". */
final class RecordedRules implements Rules {
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> documents = new LinkedBlockingQueue<>();

    @Override
    public void message(String topic, byte[] payload) {
        messages.add(topic + " " + new String(payload, StandardCharsets.UTF_8));
    }

    @Override
    public void shadowDocuments(String thing, String shadowName, byte[] documentsJson) {
        documents.add(thing + " " + shadowName + " " + new String(documentsJson, StandardCharsets.UTF_8));
    }

    void forget() {
        messages.clear();
        documents.clear();
    }

    @Nullable
    String nextMessage() throws InterruptedException {
        return messages.poll(20, TimeUnit.SECONDS);
    }

    @Nullable
    String nextDocuments() throws InterruptedException {
        return documents.poll(20, TimeUnit.SECONDS);
    }
}
