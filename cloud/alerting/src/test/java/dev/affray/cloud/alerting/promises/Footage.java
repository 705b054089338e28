package dev.affray.cloud.alerting.promises;

import dev.affray.camera.AlertRule;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;

/**
 * Many cameras at two frames a second, as they are: quiet for most of the time, then a fight with lulls. Now and then a camera's frames come under backlog/
 * for half a minute.
 */
record Footage(List<FrameKey> frames) {
    static final AlertRule RULE = new AlertRule(
            OptionalInt.empty(),
            Duration.ofMillis(500),
            Duration.ofMillis(2500),
            OptionalDouble.empty(),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10));

    /** No delivery is displaced by as much, where displacement is bounded. */
    static final Duration DISPLACED = Duration.ofSeconds(5);

    private static final int OUTAGE = 60;

    static Footage of(int cameras, int framesEach, Random random) {
        List<FrameKey> frames = new ArrayList<>();
        for (int c = 0; c < cameras; c++) {
            film(new CameraId("gateway-" + c / 4, "camera-" + c % 4), framesEach, random, frames);
        }
        frames.sort(Comparator.comparing(key -> key.frame().capturedAt()));
        return new Footage(frames);
    }

    private static void film(CameraId camera, int count, Random random, List<FrameKey> frames) {
        boolean fight = false;
        int left = random.nextInt(100);
        int outage = 0;
        for (int i = 0; i < count; i++) {
            if (left-- == 0) {
                fight = !fight;
                left = fight
                        ? 4 + random.nextInt(12)
                        : random.nextBoolean() ? 4 + random.nextInt(16) : 100 + random.nextInt(300);
            }
            outage = outage > 0 ? outage - 1 : random.nextInt(1000) == 0 ? OUTAGE : 0;
            int score = fight ? 60 + random.nextInt(41) : random.nextInt(60);
            Frame frame =
                    new Frame(camera, Film.START.plusMillis(500L * i + random.nextInt(90)), i, OptionalInt.of(score));
            frames.add(new FrameKey(outage > 0 ? Line.BACKLOG : Line.LIVE, frame));
        }
    }

    /** Every frame twice, in any order. */
    List<FrameKey> shuffled(Random random) {
        List<FrameKey> all = new ArrayList<>(frames);
        all.addAll(frames);
        Collections.shuffle(all, random);
        return all;
    }

    /**
     * Every frame twice: first held back by less than half the bound, with all that falls into one slice of the other half in any order, then with one of the
     * next slices.
     */
    List<List<FrameKey>> displaced(Random random) {
        long half = DISPLACED.toMillis() / 2;
        TreeMap<Long, List<FrameKey>> slices = new TreeMap<>();
        for (FrameKey key : frames) {
            long slice = (key.frame().capturedAt().toEpochMilli() + random.nextLong(half)) / half;
            slices.computeIfAbsent(slice, _ -> new ArrayList<>()).add(key);
            slices.computeIfAbsent(slice + random.nextInt(3), _ -> new ArrayList<>())
                    .add(key);
        }
        slices.values().forEach(slice -> Collections.shuffle(slice, random));
        return new ArrayList<>(slices.values());
    }

    /** Every frame once, in order; the cameras are dealt to so many hands. */
    List<List<FrameKey>> ordered(int hands) {
        List<List<FrameKey>> dealt = new ArrayList<>();
        for (int i = 0; i < hands; i++) {
            dealt.add(new ArrayList<>());
        }
        frames.forEach(key ->
                dealt.get(Math.floorMod(key.frame().camera().hashCode(), hands)).add(key));
        return dealt;
    }
}
