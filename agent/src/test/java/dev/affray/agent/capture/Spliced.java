package dev.affray.agent.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes films with the ffmpeg program: a minute of quiet from a clip's own first picture, then the clip, with the same noise all over. */
final class Spliced {
    static final int QUIET_SECONDS = 60;

    /** How a camera may encode. */
    enum Encoder {
        CRF(6, "-crf", "23", "-g", "50"),
        CRF_NIGHT(18, "-crf", "26", "-g", "50"),
        CRF_NO_NOISE(0, "-crf", "23", "-g", "50"),
        LONG_GOP(6, "-crf", "23", "-g", "250"),
        SHORT_GOP(6, "-crf", "23", "-g", "12"),
        CBR_4M_FILLED(6, "-b:v", "4M", "-maxrate", "4M", "-bufsize", "4M", "-x264-params", "nal-hrd=cbr", "-g", "50"),
        CBR_600K(6, "-b:v", "600k", "-maxrate", "600k", "-bufsize", "600k", "-g", "50"),
        B_FRAMES(6, "-crf", "23", "-g", "50", "-bf", "2");

        private final int noise;
        private final List<String> options;

        Encoder(int noise, String... options) {
            this.noise = noise;
            this.options = List.of(options);
        }
    }

    private Spliced() {}

    static void make(Path clip, Encoder encoder, Path film) throws IOException, InterruptedException {
        String size = "fps=25,scale=640:360,setsar=1,";
        String noise = ",noise=alls=" + encoder.noise + ":allf=t,format=yuv420p[v]";
        List<String> command =
                new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin", "-y", "-i", clip.toString()));
        command.addAll(List.of(
                "-filter_complex",
                "[0:v]" + size + "split[a][b];[a]trim=end_frame=1,loop=" + QUIET_SECONDS * 25
                        + ":1:0,setpts=N/25/TB[q];[b]setpts=N/25/TB[f];[q][f]concat=n=2:v=1" + noise));
        command.addAll(List.of("-map", "[v]", "-an", "-c:v", "libx264", "-preset", "veryfast", "-bf", "0"));
        command.addAll(List.of("-sc_threshold", "0", "-threads", "2"));
        command.addAll(encoder.options);
        command.add(film.toString());
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException("ffmpeg failed on " + clip);
        }
    }
}
