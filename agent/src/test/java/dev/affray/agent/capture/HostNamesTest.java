package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {
    private static final long MOMENT = Duration.ofMillis(100).toNanos();
    private static final long LONG = Duration.ofHours(1).toNanos();

    private final Interrupt interrupt = new Interrupt();
    private final AtomicInteger lookups = new AtomicInteger();
    private final CountDownLatch answer = new CountDownLatch(1);

    /** As where no name server answers. */
    private final HostNames hanging = new HostNames(_ -> {
        lookups.incrementAndGet();
        try {
            answer.await();
        } catch (InterruptedException e) {
            throw new UnknownHostException();
        }
        return InetAddress.getLoopbackAddress();
    });

    @Test
    void hangsOnOneThreadOnly_howeverOftenItIsTried() {
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(CaptureException.class)
                    .isThrownBy(() -> hanging.check("camera.lan", interrupt, MOMENT))
                    .withMessageContaining("no name server");
        }
        await().untilAsserted(() -> assertThat(lookups).hasValue(1));
        answer.countDown();
        assertThatCode(() -> hanging.check("camera.lan", interrupt, LONG)).doesNotThrowAnyException();
    }

    @Test
    void endsAtOnce_whenTheCameraCloses() throws Exception {
        Thread camera = Thread.ofPlatform()
                .start(() -> assertThatExceptionOfType(CaptureException.class)
                        .isThrownBy(() -> hanging.check("camera.lan", interrupt, LONG)));
        await().until(() -> lookups.get() == 1);
        interrupt.raise();
        camera.join();
        answer.countDown();
    }

    @Test
    void saysSo_whenThereIsNoSuchName() {
        HostNames none = new HostNames(host -> {
            throw new UnknownHostException(host);
        });
        assertThatExceptionOfType(CaptureException.class)
                .isThrownBy(() -> none.check("camera.lan", interrupt, LONG))
                .withMessage("the host name cannot be resolved");
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.168.1.20", "[fe80::1]"})
    void looksNoAddressUp(String address) throws Exception {
        hanging.check(address, interrupt, MOMENT);
        assertThat(lookups).hasValue(0);
    }
}
