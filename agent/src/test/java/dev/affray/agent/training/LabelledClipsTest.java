package dev.affray.agent.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledClipsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void clips() throws IOException {
        for (String file :
                new String[] {"fight/yard__1.mp4", "fight/yard__2.MP4", "nofight/yard__3.mkv", "nofight/hall.mp4"}) {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "");
        }
        Files.writeString(folder.resolve("fight/notes.txt"), "");
    }

    @Test
    void takesTheSourceFromTheName_whereNoTableTellsIt() throws IOException {
        LabelledClips clips = LabelledClips.in(folder);
        assertThat(clips.clips())
                .extracting(LabelledClip::name, LabelledClip::fight, LabelledClip::source)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("fight/yard__1.mp4", true, "yard"),
                        org.assertj.core.groups.Tuple.tuple("fight/yard__2.MP4", true, "yard"),
                        org.assertj.core.groups.Tuple.tuple("nofight/hall.mp4", false, "hall"),
                        org.assertj.core.groups.Tuple.tuple("nofight/yard__3.mkv", false, "yard"));
        assertThat(clips.sourcesFrom()).contains("\"__\"");
        assertThat(clips.sources()).isEqualTo(2);
    }

    @Test
    void takesTheSourceFromTheTable() throws IOException {
        table("clip,label,source\nyard__1,fight,a\nyard__2,fight,b\nyard__3,nofight,a\nhall,nofight,c\n");
        assertThat(LabelledClips.in(folder).clips())
                .extracting(LabelledClip::source)
                .containsExactly("a", "b", "c", "a");
    }

    @Test
    void saysWhatIsWrongWithTheTable() throws IOException {
        table("clip,label\n");
        refuses("the first line must be clip,label,source");
        table("clip,label,source\nyard__1,fight\n");
        refuses("line 2: must be clip,label,source");
        table("clip,label,source\nyard__1,fight,a\nyard__2,fight,b\nyard__3,nofight,a\n");
        refuses("has no line for hall in nofight/");
        table("clip,label,source\nyard__1,nofight,a\n");
        refuses("says that yard__1 is nofight, but it lies in fight/");
    }

    @Test
    void saysWhichFolderIsMissingOrEmpty() throws IOException {
        assertThatThrownBy(() -> LabelledClips.in(folder.resolve("fight"))).hasMessageContaining("there is no folder");
        Files.delete(folder.resolve("nofight/hall.mp4"));
        Files.delete(folder.resolve("nofight/yard__3.mkv"));
        refuses("holds no clip");
    }

    private void table(String text) throws IOException {
        Files.writeString(folder.resolve("clips.csv"), text);
    }

    private void refuses(String complaint) {
        assertThatThrownBy(() -> LabelledClips.in(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(complaint);
    }
}
