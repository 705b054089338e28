package dev.affray.cloud.local.queue;

import dev.affray.frame.Line;
import java.nio.file.Path;

/** Sends numbered messages, each printed once it is acknowledged, until it is killed. */
final class SqsChild {
    private SqsChild() {}

    public static void main(String[] args) throws Exception {
        LocalSqs sqs = LocalSqs.start(Path.of(args[0]), 0);
        for (int i = 0; ; i++) {
            sqs.send(Line.LIVE, "message " + i);
            System.out.println("sent message " + i);
        }
    }
}
