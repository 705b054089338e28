package dev.affray.agent.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder of labelled clips: {@code fight/} and {@code nofight/} hold the videos. {@code clips.csv} beside them says where each was cut from: a line
 * {@code clip,label,source} and then one for each clip, its name without the ending. Without that file the source is the file's name up to the first
 * {@code "__"}; a name without it is a source of its own.
 *
 * @param clips in the order of their names
 * @param sourcesFrom where the sources come from, in words
 */
public record LabelledClips(List<LabelledClip> clips, String sourcesFrom) {
    private static final String SEPARATOR = "__";
    private static final String HEADER = "clip,label,source";
    private static final List<String> VIDEOS = List.of(".mp4", ".mkv", ".avi", ".mov", ".webm", ".ts");

    public LabelledClips {
        clips = List.copyOf(clips);
    }

    /**
     * Looks into a folder.
     *
     * @throws IOException when it cannot be read, or is not what it should be; the message says what is missing
     */
    public static LabelledClips in(Path folder) throws IOException {
        Path table = folder.resolve("clips.csv");
        boolean listed = Files.exists(table);
        Map<String, String[]> rows = listed ? rows(table) : Map.of();
        List<LabelledClip> clips = new ArrayList<>();
        for (String label : List.of("fight", "nofight")) {
            List<Path> files = videos(folder.resolve(label));
            for (Path file : files) {
                String plain = withoutEnding(file);
                String source = listed ? listed(table, rows, plain, label) : named(plain);
                clips.add(new LabelledClip(file, label + "/" + file.getFileName(), label.equals("fight"), source));
            }
        }
        return new LabelledClips(
                clips,
                listed
                        ? "clips.csv"
                        : "the files' names up to \"" + SEPARATOR + "\"; a name without it is a source of its own");
    }

    /** How many different sources there are. */
    public int sources() {
        return (int) clips.stream().map(LabelledClip::source).distinct().count();
    }

    private static List<Path> videos(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("there is no folder " + folder + "; clips are looked for in fight/ and nofight/");
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> videos = files.filter(f ->
                            VIDEOS.stream().anyMatch(f.getFileName().toString().toLowerCase(Locale.ROOT)::endsWith))
                    .sorted()
                    .toList();
            if (videos.isEmpty()) {
                throw new IOException(folder + " holds no clip; known are " + String.join(" ", VIDEOS));
            }
            return videos;
        }
    }

    private static Map<String, String[]> rows(Path table) throws IOException {
        List<String> lines = Files.readAllLines(table);
        if (lines.isEmpty() || !lines.getFirst().strip().equals(HEADER)) {
            throw new IOException(table + ": the first line must be " + HEADER);
        }
        Map<String, String[]> rows = new HashMap<>();
        for (int i = 1; i < lines.size(); i++) {
            String[] row = lines.get(i).strip().split(",", -1);
            if (row.length == 3 && !row[0].isBlank() && !row[2].isBlank()) {
                rows.put(row[0], row);
            } else if (!lines.get(i).isBlank()) {
                throw new IOException(table + ", line " + (i + 1) + ": must be " + HEADER);
            }
        }
        return rows;
    }

    private static String listed(Path table, Map<String, String[]> rows, String clip, String label) throws IOException {
        String[] row = rows.get(clip);
        if (row == null) {
            throw new IOException(table + " has no line for " + clip + " in " + label + "/");
        }
        if (!row[1].equals(label)) {
            throw new IOException(table + " says that " + clip + " is " + row[1] + ", but it lies in " + label + "/");
        }
        return row[2];
    }

    private static String named(String clip) {
        int end = clip.indexOf(SEPARATOR);
        return end > 0 ? clip.substring(0, end) : clip;
    }

    private static String withoutEnding(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }
}
