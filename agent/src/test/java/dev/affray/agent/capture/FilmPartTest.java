package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.affray.agent.capture.sample.SampleScene;
import dev.affray.agent.gate.GreyPicture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilmPartTest {
    private static final int FPS = 30;

    @TempDir
    Path folder;

    private Path film;

    private record Shown(GreyPicture picture, double seconds) {}

    @BeforeEach
    void film() throws IOException {
        film = folder.resolve("film.mp4");
        SampleScene scene = new SampleScene();
        try (VideoWriter writer = VideoWriter.open(film, SampleScene.WIDTH, SampleScene.HEIGHT, FPS)) {
            for (int i = 0; i < FPS; i++) {
                writer.write(scene.draw(25 * SampleScene.FPS + i));
            }
            writer.finish();
        }
    }

    @Test
    void showsTheChosenPartAsLargeAsTheWhole() throws IOException {
        GreyPicture whole = shown(FilmPart.ALL).getFirst().picture();
        GreyPicture part =
                shown(new FilmPart(0.5, 0.25, 0.5, 0, false)).getFirst().picture();

        assertThat(part.size()).isEqualTo(whole.size());
        double apart = 0;
        int count = 0;
        for (int y = 1; y < whole.size().height() / 2 - 1; y++) {
            for (int x = 1; x < whole.size().width() / 2 - 1; x++) {
                int mean = (part.at(2 * x, 2 * y)
                                + part.at(2 * x + 1, 2 * y)
                                + part.at(2 * x, 2 * y + 1)
                                + part.at(2 * x + 1, 2 * y + 1))
                        / 4;
                apart += Math.abs(mean
                        - whole.at(
                                x + whole.size().width() / 4, y + whole.size().height() / 2));
                count++;
            }
        }
        assertThat(apart / count).isLessThan(6);
    }

    @Test
    void beginsAPictureLater_whereMoreThanOneLiesBetween() throws IOException {
        List<Shown> plain = shown(FilmPart.ALL);
        assertThat(plain.getFirst().seconds()).isCloseTo(0, within(1e-6));
        assertThat(plain).hasSize(10);
        assertThat(shown(new FilmPart(1, 0, 0, 2, false)).getFirst().seconds()).isCloseTo(2.0 / FPS, within(1e-3));
        assertThat(shown(new FilmPart(1, 0, 0, 3, false)).getFirst().seconds()).isCloseTo(0, within(1e-6));
    }

    @Test
    void takesEverySecondPicture_asOfACameraAtHalfTheRate() throws IOException {
        List<Shown> thinned = shown(new FilmPart(1, 0, 0, 0, true));
        assertThat(thinned.get(1).seconds() - thinned.get(0).seconds()).isCloseTo(4.0 / FPS, within(1e-3));
    }

    @Test
    void refusesWhatIsNoPart() {
        assertThatThrownBy(() -> new FilmPart(0.5, 0.6, 0, 0, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FilmPart(0, 0, 0, 0, false)).isInstanceOf(IllegalArgumentException.class);
    }

    private List<Shown> shown(FilmPart part) throws IOException {
        List<Shown> shown = new ArrayList<>();
        FilmPictures.play(film, part, (picture, seconds) -> shown.add(new Shown(picture, seconds)));
        return shown;
    }
}
