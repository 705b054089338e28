package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.agent.Main;
import dev.affray.agent.capture.sample.SampleScene;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands {@code score} and {@code train} on films drawn for them. */
class ScoreCommandTest {
    private static final int BRAWL = 25;
    private static final int WALK = 6;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void printsOneLineForEachFile_asGiven() throws IOException {
        Path plain = film("walk.mp4", WALK, 2.4, SampleScene.FPS);
        Path odd = film("a \"walk\", again.mp4", WALK, 1.2, SampleScene.FPS);

        assertThat(run("score", plain.toString(), odd.toString())).isZero();
        String[] lines = out.toString().split("\\R", -1);
        assertThat(lines[0]).isEqualTo("file,score,seconds,cpuSeconds");
        assertThat(lines[1]).startsWith(plain + ",").matches(".*,\\d+\\.\\d\\d,2\\.40,\\d+\\.\\d\\d");
        assertThat(lines[2])
                .startsWith("\"" + folder + "/a \"\"walk\"\", again.mp4\",")
                .contains(",1.20,");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void goesOnAfterWhatCannotBeScored_andSaysSoInTheEnd() throws IOException {
        Path text = Files.writeString(folder.resolve("text.mp4"), "no video");
        Path slow = film("slow.mp4", WALK, 4, 5);
        Path brief = film("brief.mp4", WALK, 0.6, SampleScene.FPS);
        Path good = film("good.mp4", WALK, 1.2, SampleScene.FPS);
        Path missing = folder.resolve("missing.mp4");

        assertThat(run(
                        "score",
                        text.toString(),
                        missing.toString(),
                        slow.toString(),
                        brief.toString(),
                        good.toString()))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains(slow + ",na,4.00,")
                .contains(brief + ",na,0.60,")
                .containsPattern("good.mp4,\\d")
                .doesNotContain("text.mp4", "missing.mp4");
        assertThat(err.toString())
                .contains(text + ": not a video file")
                .contains(missing + ": there is no such file")
                .contains(slow + ": no score: 5.0 pictures a second, and a score needs 8")
                .contains(brief + ": no score: 0.6 s, and a score needs 7 pictures and 0.7 s");
    }

    @Test
    void printsAndDrawsTheScoreOverTime() throws IOException {
        Path film = film("brawl.mp4", BRAWL, 3, SampleScene.FPS);
        Path strip = folder.resolve("strip.png");

        assertThat(run("score", "--detail", "--strip", strip.toString(), film.toString()))
                .isZero();
        assertThat(out.toString().lines().findFirst()).contains("file,second,score");
        assertThat(out.toString().lines().count()).isBetween(15L, 40L);
        assertThat(ImageIO.read(strip.toFile()).getWidth()).isGreaterThan(1000);
    }

    @Test
    void refusesAModelThatIsNone_andAStripOfTwo() throws IOException {
        Path film = film("walk.mp4", WALK, 1.2, SampleScene.FPS);
        Path model = Files.writeString(folder.resolve("model.json"), "{}");
        assertThat(run("score", "--model", model.toString(), film.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("$.codebook: is missing", "--help");
        assertThat(run("score", "--model", "nowhere.json", film.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("--model nowhere.json: there is no such file");
        assertThat(run("score", "--strip", "a.png", film.toString(), film.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--strip is about one video, and there are 2");
    }

    @Test
    void trainsAModel_alwaysTheSame_andScoresByIt() throws IOException {
        for (int i = 0; i < 3; i++) {
            film("clips/fight/brawl" + i + ".mp4", 22 + 3 * i, 1.4, SampleScene.FPS);
            film("clips/nofight/walk" + i + ".mp4", 2 + 4 * i, 1.4, SampleScene.FPS);
        }
        String clips = folder.resolve("clips").toString();
        Path model = train(clips, "one");
        assertThat(err.toString()).contains("6 clips from 6 sources; sources by the files' names", "6 of 6 clips");
        assertThat(out.toString()).contains("AUC ", "cross-validation grouped by source, seed 7");
        assertThat(Files.readString(folder.resolve("one/report.html")))
                .contains("<svg", "<h2>Missed fights</h2>", "<td>brawl2<td>1");
        assertThat(train(clips, "two")).hasSameTextualContentAs(model);

        out.getBuffer().setLength(0);
        assertThat(run("score", "--model", model.toString(), clips + "/fight/brawl1.mp4", clips + "/nofight/walk1.mp4"))
                .isZero();
        String[] lines = out.toString().split("\\R", -1);
        assertThat(Double.parseDouble(lines[1].split(",", -1)[1]))
                .isGreaterThan(Double.parseDouble(lines[2].split(",", -1)[1]));
    }

    @Test
    void saysWhyItCannotTrain() throws IOException {
        assertThat(run(
                        "train",
                        folder.toString(),
                        "--out",
                        folder.resolve("out").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("there is no folder", "clips are looked for in fight/ and nofight/");
        film("clips/fight/a.mp4", BRAWL, 1.4, SampleScene.FPS);
        film("clips/nofight/b.mp4", WALK, 1.4, SampleScene.FPS);
        assertThat(run(
                        "train",
                        folder.resolve("clips").toString(),
                        "--out",
                        folder.resolve("out").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("2 sources, too few for 6 folds");
    }

    private Path train(String clips, String name) {
        Path to = folder.resolve(name);
        assertThat(run("train", clips, "--out", to.toString(), "--seed", "7", "--folds", "2", "--rounds", "1"))
                .as(err.toString())
                .isZero();
        return to.resolve("score-model.json");
    }

    /** Some of the sample film, from a second on. */
    private Path film(String name, int from, double seconds, int fps) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        SampleScene scene = new SampleScene();
        try (VideoWriter writer = VideoWriter.open(file, SampleScene.WIDTH, SampleScene.HEIGHT, fps)) {
            for (int i = 0; i < Math.round(seconds * fps); i++) {
                writer.write(scene.draw(from * SampleScene.FPS + i * SampleScene.FPS / fps));
            }
            writer.finish();
        }
        return file;
    }

    private int run(String... args) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(args);
    }
}
