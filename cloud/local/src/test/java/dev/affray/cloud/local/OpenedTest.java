package dev.affray.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OpenedTest {
    private final List<String> closed = new CopyOnWriteArrayList<>();
    private final Opened opened = new Opened();

    @Test
    void closesInReverse_once_alsoWhenOneFails() {
        opened.add(() -> closed.add("first"));
        opened.add(() -> {
            throw new IOException("stuck");
        });
        opened.add(() -> closed.add("last"));

        opened.close();
        opened.close();

        assertThat(closed).containsExactly("last", "first");
    }

    @Test
    void aSlowPartBeginsToCloseBeforeAll_andIsDoneBeforeThoseItNeeds() {
        CountDownLatch fastIsClosed = new CountDownLatch(1);
        opened.add(() -> closed.add("needed"));
        opened.addSlow(() -> {
            // Waiting for what is closed before its turn would never end if closing began in turn only.
            assertThat(fastIsClosed.await(30, TimeUnit.SECONDS)).isTrue();
            closed.add("slow");
        });
        opened.add(() -> {
            closed.add("fast");
            fastIsClosed.countDown();
        });

        opened.close();

        assertThat(closed).containsExactly("fast", "slow", "needed");
    }

    @Test
    void whatStartsBesideOthersIsThere_whenAskedFor_andIsClosed() throws IOException {
        Starting<String> starting = Starting.begin("part", () -> "part", closed::add);

        assertThat(starting.get()).isEqualTo("part");
        opened.addSlow(starting);
        opened.close();

        assertThat(closed).containsExactly("part");
    }

    @Test
    void whatDidNotStartSaysWhy_andIsNotClosed() {
        Starting<String> busy = Starting.begin(
                "part",
                () -> {
                    throw new IOException("the port is taken");
                },
                closed::add);
        Starting<String> broken = Starting.begin(
                "part",
                () -> {
                    throw new IllegalStateException("broken");
                },
                closed::add);

        assertThatThrownBy(busy::get).isInstanceOf(IOException.class).hasMessage("the port is taken");
        assertThatThrownBy(broken::get).isInstanceOf(IllegalStateException.class);
        busy.close();
        broken.close();
        assertThat(closed).isEmpty();
    }
}
