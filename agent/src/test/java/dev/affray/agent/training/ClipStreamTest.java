package dev.affray.agent.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.affray.agent.capture.FilmPictures;
import dev.affray.agent.gate.GreyPicture;
import dev.affray.agent.gate.MotionCells;
import dev.affray.agent.gate.MotionFlow;
import dev.affray.agent.gate.ScoreModel;
import dev.affray.agent.gate.ScoreModel.Calibration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClipStreamTest {
    private static final float FIGHT = 0.02f;
    private static final float OTHER = 0.01f;
    private static final StreamPart MIDDLE = DrawnParts.part("middle", true, 20, 0.1, FIGHT);
    private static final List<StreamPart> PARTS = List.of(
            MIDDLE,
            DrawnParts.part("fight", true, 20, 0.1, FIGHT),
            DrawnParts.part("a", false, 18, 0.08, OTHER),
            DrawnParts.part("b", false, 18, 0.08, OTHER),
            DrawnParts.part("c", false, 18, 0.08, OTHER));

    @Test
    void beginsAndEndsTheMiddleWhereItShould() {
        ClipStream stream = stream(MIDDLE, PARTS, 1);
        assertThat(stream.middle()).isEqualTo(MIDDLE.clip());
        assertThat(stream.start()).as("three of 1.44 s, and their seams").isCloseTo(3 * 1.52, within(1e-9));
        assertThat(stream.end()).isCloseTo(stream.start() + 2, within(1e-9));
        assertThat(stream.steps().getLast().seconds()).isGreaterThanOrEqualTo(stream.end() + StreamMaker.AFTER);
        for (int i = 1; i < stream.steps().size(); i++) {
            MotionCells step = stream.steps().get(i);
            assertThat(step.from())
                    .as("step %d", i)
                    .isEqualTo(stream.steps().get(i - 1).seconds());
            boolean inside = step.from() >= stream.start() && step.seconds() <= stream.end();
            if (!stream.seams().contains(i)) {
                assertThat(step.values()[0]).as("step %d", i).isEqualTo(inside ? FIGHT : OTHER);
            }
        }
    }

    @Test
    void tellsWhereOneClipEndsAndTheNextBegins() {
        ClipStream stream = stream(MIDDLE, PARTS, 1);
        assertThat(stream.seams()).hasSize(4);
        assertThat(stream.seams())
                .anyMatch(seam -> stream.steps().get(seam).seconds() == stream.start())
                .anyMatch(seam -> stream.steps().get(seam).from() == stream.end());
        List<MotionCells> still = stream.stillInSeams();
        assertThat(still).hasSameSizeAs(stream.steps());
        for (int i = 0; i < still.size(); i++) {
            if (stream.seams().contains(i)) {
                assertThat(sum(stream.steps().get(i))).isGreaterThan(100);
                assertThat(sum(still.get(i))).isZero();
                assertThat(still.get(i).from()).isEqualTo(stream.steps().get(i).from());
            } else {
                assertThat(still.get(i)).isSameAs(stream.steps().get(i));
            }
        }
    }

    @Test
    void drawsNeighboursByLot_neverFightsNorTheClipItself() {
        StreamPart other = PARTS.get(2);
        assertThat(sums(stream(MIDDLE, PARTS, 1))).isEqualTo(sums(stream(MIDDLE, PARTS, 1)));
        assertThat(List.of(2L, 3L, 4L, 5L))
                .anyMatch(seed -> !sums(stream(MIDDLE, PARTS, seed)).equals(sums(stream(MIDDLE, PARTS, 1))));
        try (StreamMaker maker = new StreamMaker()) {
            assertThat(maker.around(other, List.of(MIDDLE, other), 1)).isEmpty();
        }
    }

    @Test
    void tellsAlertsThatOnlySeamsCause() {
        List<StreamPart> parts = new ArrayList<>();
        List<ClipMotion> clips = new ArrayList<>();
        List<ClipMotion> examples = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            parts.add(DrawnParts.part("clip" + i, i < 2, 20, 0.1, 0));
            clips.add(motion("clip" + i, i < 2, parts.get(i).steps()));
        }
        // To this model everything moves in a fight, and nothing else does.
        for (int i = 0; i < 4; i++) {
            ClipStream stream = stream(parts.get(i), parts, 100 + i);
            examples.add(motion("moving" + i, true, stream.steps()));
            examples.add(motion("still" + i, false, stream.stillInSeams()));
        }
        ScoreModel model = new Fitting(1, 1).fit(examples);
        RuleTrial trial = new RuleTrial(parts, 1);
        trial.see(0, model, clips);
        trial.see(RuleTrial.ROUNDS, model, clips);

        RuleTable table = trial.table(new Calibration(20, 0));
        assertThat(table.streams()).isEqualTo(4);
        RuleTable.Row row = table.rows().stream()
                .filter(r -> r.bar() == 80 && r.slots() == 3)
                .findAny()
                .orElseThrow();
        assertThat(List.of(row.fights(), row.fightsBySeams(), row.others(), row.othersBySeams()))
                .allSatisfy(share -> assertThat(share.value()).isEqualTo(1));
        assertThat(table.summary()).contains("4 streams").contains("   80").contains("100.0|100.0");
        assertThat(table.section()).contains("<td>80<td>3<td>100.0 (").contains("<svg");
    }

    @Test
    void saysThatThereIsNothingToTry_whereNoClipCanStandBeforeAnother() {
        RuleTable table = new RuleTrial(PARTS, 1).table(new Calibration(1, 0));
        assertThat(table.rows()).isEmpty();
        assertThat(table.summary()).contains("not tried");
        assertThat(table.section()).contains("not tried");
    }

    /** What is put together from what is known of each clip is what the gateway would have computed of such a stream. */
    @Test
    void isWhatACameraWouldHaveSeen() throws IOException {
        Path folder = Path.of(System.getProperty("affray.clips", ""));
        assumeTrue(Files.isDirectory(folder.resolve("fight")), "no clips in " + folder + "; set -Daffray.clips");
        List<LabelledClip> clips = LabelledClips.in(folder).clips();
        StreamPart middle = played(clips.getFirst());
        StreamPart other = played(clips.getLast());
        ClipStream stream = stream(middle, List.of(middle, other), 1);
        int before = (int) Math.ceil(StreamMaker.BEFORE / other.seconds());
        List<GreyPicture> pictures = new ArrayList<>();
        for (int i = 0; i <= before; i++) {
            pictures.addAll(pictures(i < before ? other.clip() : middle.clip()));
        }
        try (MotionFlow flow = new MotionFlow()) {
            flow.add(pictures.getFirst(), stream.steps().getFirst().from());
            for (int i = 1; i < pictures.size(); i++) {
                MotionCells step = stream.steps().get(i - 1);
                float[] values =
                        flow.add(pictures.get(i), step.seconds()).orElseThrow().values();
                assertThat(step.values()).as("step %d", i).containsExactly(values, within(1e-3f));
            }
        }
    }

    @Test
    void bringsPicturesOfAnyShapeToOne() {
        GreyPicture.Size old = GreyPicture.Size.of(4, 3);
        byte[] samples = new byte[old.width() * old.height()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (i % old.width());
        }
        GreyPicture wide = WidePicture.of(new GreyPicture(old, samples));
        assertThat(wide.size()).isEqualTo(GreyPicture.Size.of(1920, 1080));
        assertThat(List.of(wide.at(0, 0), wide.at(239, 134))).containsExactly(0, old.width() - 1);
        assertThat(wide.at(120, 60)).isCloseTo(old.width() / 2, within(1));
        assertThat(WidePicture.of(wide)).isSameAs(wide);

        GreyPicture.Size high = GreyPicture.Size.of(9, 16);
        byte[] rows = new byte[high.width() * high.height()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (byte) (i / high.width());
        }
        GreyPicture middle = WidePicture.of(new GreyPicture(high, rows));
        assertThat(middle.at(0, 67)).isCloseTo(high.height() / 2, within(1));
        assertThat(middle.at(0, 134) - middle.at(0, 0)).isCloseTo((int) (high.width() * 9 / 16.0), within(2));
    }

    private static ClipStream stream(StreamPart middle, List<StreamPart> parts, long seed) {
        try (StreamMaker maker = new StreamMaker()) {
            return maker.around(middle, parts, seed).orElseThrow();
        }
    }

    private static ClipMotion motion(String name, boolean fight, List<MotionCells> steps) {
        return new ClipMotion(new LabelledClip(Path.of(name), name, fight, "of " + name), steps, List.of(), 2, 0.1);
    }

    private static StreamPart played(LabelledClip clip) throws IOException {
        List<MotionCells> steps = new ArrayList<>();
        try (MotionFlow flow = new MotionFlow()) {
            FilmPictures.play(
                    clip.file(), (picture, at) -> flow.add(picture, at).ifPresent(steps::add));
        }
        return StreamPart.of(new ClipMotion(clip, steps, List.of(), 2, 0.1));
    }

    private static List<GreyPicture> pictures(LabelledClip clip) throws IOException {
        List<GreyPicture> pictures = new ArrayList<>();
        FilmPictures.play(clip.file(), (picture, _) -> pictures.add(WidePicture.of(picture)));
        return pictures;
    }

    private static List<Double> sums(ClipStream stream) {
        return stream.steps().stream().map(ClipStreamTest::sum).toList();
    }

    private static double sum(MotionCells step) {
        double sum = 0;
        for (float value : step.values()) {
            sum += value;
        }
        return sum;
    }
}
