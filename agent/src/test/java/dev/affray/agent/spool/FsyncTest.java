package dev.affray.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.affray.health.FrameCounts;
import dev.affray.health.SpoolState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each policy promises, by the forcing it does. */
class FsyncTest {
    @TempDir
    Path data;

    private Gateway gateway(Fsync fsync) {
        Gateway gateway = new Gateway(data);
        gateway.fsync = fsync;
        gateway.start();
        return gateway;
    }

    @Test
    void alwaysForcesAFrameAndItsName_beforeItCountsAsSpooled() throws Exception {
        Gateway gateway = gateway(Fsync.ALWAYS);
        gateway.add("yard");
        assertThat(gateway.disk.filesForced).hasValue(1);
        assertThat(gateway.disk.foldersForced)
                .as("the camera's new folder, and its own name")
                .hasValue(2);

        gateway.add("yard");
        assertThat(gateway.disk.filesForced).hasValue(2);
        assertThat(gateway.disk.foldersForced).hasValue(3);
    }

    @Test
    void alwaysLosesTheFrameThatCannotBeForced_andSaysSo() throws Exception {
        Gateway gateway = gateway(Fsync.ALWAYS);
        gateway.disk.forgetful = true;

        assertThatThrownBy(() -> gateway.add("yard")).isInstanceOf(IOException.class);
        assertThat(gateway.ledgers.of("yard").counts()).isEqualTo(FrameCounts.NONE);
        assertThat(gateway.files("spool")).isEmpty();
        assertThat(gateway.spool.bytes()).isZero();
        assertThat(gateway.health().state()).isEqualTo(SpoolState.FAILING);
    }

    @Test
    void batchForcesEveryFrameThatIsStillHere_atTheNextRound() throws Exception {
        Gateway gateway = gateway(Fsync.BATCH);
        gateway.add("yard");
        gateway.add("yard");
        gateway.add("hall");
        gateway.spool.done(gateway.take());
        assertThat(gateway.disk.filesForced).hasValue(0);

        gateway.spool.flush();
        assertThat(gateway.disk.filesForced).as("not the one that was sent").hasValue(2);
        assertThat(gateway.disk.foldersForced)
                .as("the spool's, for the new ones, and the yard's")
                .hasValue(2);

        gateway.spool.flush();
        assertThat(gateway.disk.filesForced).hasValue(2);
    }

    @Test
    void batchKeepsTheFrameThatCannotBeForced_andSaysSoForAMinute() throws Exception {
        Gateway gateway = gateway(Fsync.BATCH);
        gateway.add("yard");
        gateway.disk.forgetful = true;
        gateway.spool.flush();

        assertThat(gateway.health().state()).isEqualTo(SpoolState.FAILING);
        assertThat(gateway.health().detail()).contains("may not survive a power cut");
        assertThat(gateway.ledgers.of("yard").counts().pending()).isOne();

        gateway.disk.forgetful = false;
        gateway.spool.flush();
        gateway.pass(Duration.ofSeconds(61));
        assertThat(gateway.health().state()).isEqualTo(SpoolState.OK);
        assertThat(gateway.health().detail()).isNull();
        assertThat(gateway.disk.filesForced)
                .as("a second attempt would prove nothing")
                .hasValue(0);
    }

    @Test
    void batchForcesEveryFrame_alsoOneThatIsNamedWhileARoundBegins() throws Exception {
        FaultyDisk disk = new FaultyDisk(data);
        disk.pretending = true;
        Durability durability = new Durability(Fsync.BATCH, disk);
        int frames = 200_000;
        try (ExecutorService camera = Executors.newSingleThreadExecutor()) {
            Future<?> all = camera.submit(() -> {
                for (int i = 0; i < frames; i++) {
                    durability.named(data.resolve("yard").resolve(Integer.toString(i)));
                }
                return null;
            });
            while (!all.isDone()) {
                assertThat(durability.flush()).isEmpty();
            }
            all.get();
        }
        assertThat(durability.flush()).isEmpty();

        assertThat(disk.filesForced).hasValue(frames);
    }

    @Test
    void neverLeavesItToTheSystem() throws Exception {
        Gateway gateway = gateway(Fsync.NEVER);
        gateway.add("yard");
        gateway.spool.flush();

        assertThat(gateway.disk.filesForced).hasValue(0);
        assertThat(gateway.disk.foldersForced).hasValue(0);
    }

    @Test
    void theFlusherForcesByItself_andOnceMoreAtTheEnd() throws Exception {
        Gateway gateway = gateway(Fsync.BATCH);
        try (Flusher flusher = new Flusher(gateway.spool, Duration.ofMillis(10))) {
            flusher.start();
            gateway.add("yard");
            await().until(() -> gateway.disk.filesForced.get() == 1);
        }
        try (Flusher flusher = new Flusher(gateway.spool, Duration.ofHours(1))) {
            flusher.start();
            gateway.add("yard");
        }
        assertThat(gateway.disk.filesForced).hasValue(2);
    }
}
