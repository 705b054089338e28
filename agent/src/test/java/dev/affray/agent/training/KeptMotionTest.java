package dev.affray.agent.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.agent.gate.MotionCells;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptMotionTest {
    @TempDir
    Path folder;

    @Test
    void givesBackWhatWasKept_ofTheSameClipAlone() throws IOException {
        float[] values = new float[2 * MotionCells.NUMBERS];
        Arrays.fill(values, 0.25f);
        values[7] = 3;
        KeptMotion kept = new KeptMotion(List.of(new MotionCells(1, 2, 0.1, 0.2, values)), 1.5, 0.25);
        Path file = folder.resolve("fight/clip.mp4.0");
        kept.write(file, "stamp");

        KeptMotion read = KeptMotion.read(file, "stamp").orElseThrow();
        assertThat(read.seconds()).isEqualTo(1.5);
        assertThat(read.cpuSeconds()).isEqualTo(0.25);
        MotionCells step = read.steps().getFirst();
        assertThat(List.of(step.rows(), step.columns())).containsExactly(1, 2);
        assertThat(List.of(step.from(), step.seconds())).containsExactly(0.1, 0.2);
        assertThat(step.values()).containsExactly(values);
        assertThat(KeptMotion.read(file, "another")).isEmpty();
        assertThat(KeptMotion.read(folder.resolve("none"), "stamp")).isEmpty();
    }

    @Test
    void takesAFileThatWasCutOffForNone() throws IOException {
        Path file = folder.resolve("clip.0");
        new KeptMotion(List.of(new MotionCells(1, 1, 0, 0.1, new float[MotionCells.NUMBERS])), 1, 1).write(file, "s");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 3));
        assertThat(KeptMotion.read(file, "s")).isEmpty();
    }

    @Test
    void mayBeWrittenByTwoAtOnce() throws Exception {
        KeptMotion kept = new KeptMotion(List.of(new MotionCells(1, 1, 0, 0.1, new float[MotionCells.NUMBERS])), 1, 1);
        Path file = folder.resolve("fight/clip.mp4.0");
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            List<Future<Void>> writing = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                writing.add(both.submit(() -> {
                    kept.write(file, "stamp");
                    return null;
                }));
            }
            for (Future<Void> one : writing) {
                one.get();
            }
        }
        assertThat(KeptMotion.read(file, "stamp")).isPresent();
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void drawsOtherViewsByLot_alwaysTheSame() {
        List<View> views = View.others(20, 7);
        assertThat(views).isEqualTo(View.others(20, 7)).doesNotHaveDuplicates();
        assertThat(View.others(20, 8)).isNotEqualTo(views);
        assertThat(views).anyMatch(View::mirrored).anyMatch(view -> !view.mirrored());
        assertThat(views).allSatisfy(view -> {
            assertThat(view.part().side()).isBetween(0.6, 0.95);
            assertThat(view.part().x() + view.part().side()).isLessThanOrEqualTo(1);
            assertThat(view.brightness()).isBetween(0.75, 1.3);
            assertThat(view.noise()).isBetween(0.0, 3.0);
            assertThat(view.frozen()).isFalse();
        });
        assertThat(views)
                .anyMatch(View::coded)
                .anyMatch(view -> view.noise() > 0)
                .anyMatch(view -> view.part().thinned());
        assertThat(View.stills(7)).allMatch(View::frozen).doesNotHaveDuplicates();
    }
}
