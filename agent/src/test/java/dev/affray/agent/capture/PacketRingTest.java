package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PacketRingTest {
    private final PacketRing ring = new PacketRing(1000, 10);
    private final List<Integer> left = new ArrayList<>();

    @BeforeAll
    static void load() {
        Ffmpeg.load();
    }

    @AfterEach
    void close() {
        ring.close();
        assertThat(ring.bytes()).isZero();
    }

    @Test
    void keepsNothing_thatNoDecoderCouldBeginWith() throws Exception {
        assertThat(add(0, false, 10)).isTrue();
        add(1, true, 10);
        assertThat(left).containsExactly(0);
        assertThat(ring.size()).isOne();
    }

    @Test
    void letsTheOldestGo_upToTheNextKeyPacket_whenThereAreTooManyBytes() throws Exception {
        add(0, true, 400);
        add(1, false, 100);
        add(2, true, 400);
        assertThat(left).isEmpty();
        assertThat(add(3, false, 200)).isTrue();
        assertThat(left).containsExactly(0, 1);
        assertThat(ring.bytes()).isEqualTo(600);
    }

    @Test
    void saysSo_whenOneKeyPacketHasMoreAfterItThanTheBoundsAllow() throws Exception {
        add(0, true, 400);
        assertThat(add(5, false, 100)).isTrue();
        assertThat(add(11, false, 100)).isFalse();
        assertThat(left).isEmpty();
        assertThat(ring.size()).isEqualTo(3);
    }

    @Test
    void keepsWhatIsNeededToShowEverythingSinceATime() throws Exception {
        for (int at = 0; at < 9; at++) {
            add(at, at % 2 == 0, 10);
        }
        ring.keepSince(5, kept -> left.add((int) kept.at));
        assertThat(left).containsExactly(0, 1, 2, 3);
        ring.keepSince(20, kept -> left.add((int) kept.at));
        assertThat(left).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(ring.bytes()).isEqualTo(10);
    }

    @Test
    void keepsTheLastKeyPacketOnly_whenWhatCameBeforeIsKnown() throws Exception {
        add(0, true, 10);
        add(1, false, 10);
        add(2, true, 10);
        ring.keepLastKey(kept -> left.add((int) kept.at));
        assertThat(left).containsExactly(0, 1);
        ring.drain(kept -> left.add((int) kept.at));
        assertThat(left).containsExactly(0, 1, 2);
        assertThat(ring.size()).isZero();
    }

    private boolean add(int at, boolean key, int bytes) throws CaptureException {
        AVPacket packet = avcodec.av_packet_alloc();
        try {
            avcodec.av_new_packet(packet, bytes);
            packet.flags(key ? avcodec.AV_PKT_FLAG_KEY : 0);
            return ring.add(packet, at, 0, kept -> left.add((int) kept.at));
        } finally {
            avcodec.av_packet_free(packet);
        }
    }
}
