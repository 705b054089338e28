package dev.affray.agent.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The films that cameras show: 1080p25, H.264, 4 Mb/s on the average, a key picture every 2 s. Made once, by FFmpeg with x264. */
enum Film {
    /** A still picture in the noise of a sensor; the encoder spends what that takes. */
    QUIET(""),

    /** The same at a constant bit rate, which leaves little to tell by the sizes of packets. */
    QUIET_CONSTANT(""),

    /** The same picture, and all of it moves. */
    MOVING("scroll=h=0.002:v=0.001,");

    /** With a texture, as of walls and grass: without any, nearly all bits would be spent on noise. */
    private static final String SCENE = "mandelbrot=size=1920x1080,noise=alls=20";

    private static final int SECONDS = 20;
    private static final int CUT_SECONDS = 2;
    private static final int BITS_PER_SECOND = 4_000_000;

    private static final double ALLOWED = 0.1;
    private static final double CLOSE = 0.05;

    private final String motion;

    Film(String motion) {
        this.motion = motion;
    }

    /** The film, repeated for as long; a file of the caller's. */
    Path lasting(Duration length) throws IOException, InterruptedException {
        Path loop = loop();
        Path film = Workshop.FOLDER.resolve("film.mp4");
        long rounds = length.toSeconds() / SECONDS + 1;
        Workshop.run(
                "film",
                command(List.of("-stream_loop", Long.toString(rounds), "-i", loop.toString(), "-c", "copy"), film));
        return film;
    }

    /** The pictures of the film, as JPEGs of some 200 kB, one after the other. */
    List<byte[]> pictures(int count) throws IOException, InterruptedException {
        Path folder = Workshop.fresh("pictures");
        Workshop.run(
                "pictures",
                command(
                        List.of("-i", loop().toString(), "-frames:v", Integer.toString(count), "-q:v", "4"),
                        folder.resolve("%03d.jpg")));
        List<byte[]> pictures = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            pictures.add(Files.readAllBytes(folder.resolve("%03d.jpg".formatted(i))));
        }
        return pictures;
    }

    private Path loop() throws IOException, InterruptedException {
        Workshop.needs("ffmpeg");
        Path file = Workshop.FOLDER.resolve(name().toLowerCase(Locale.ROOT) + ".mp4");
        if (!Files.exists(file)) {
            make(file);
        }
        assertThat(bitsPerSecond(file) / BITS_PER_SECOND)
                .as("bits of " + file + ", against what they should be")
                .isBetween(1 - ALLOWED, 1 + ALLOWED);
        return file;
    }

    private void make(Path file) throws IOException, InterruptedException {
        Path still = Workshop.FOLDER.resolve("still.png");
        Workshop.run("still", command(List.of("-f", "lavfi", "-i", SCENE, "-frames:v", "1"), still));
        Path whole = Workshop.FOLDER.resolve("whole.mp4");
        if (this == QUIET_CONSTANT) {
            encode(still, List.of("-b:v", "4M", "-maxrate", "4M", "-bufsize", "1M"), whole);
        } else {
            search(still, whole);
        }
        // An encoder begins with a key picture unlike its others, which would come back with each repetition.
        Path unfinished = Workshop.FOLDER.resolve("unfinished.mp4");
        Workshop.run(
                "cut",
                command(
                        List.of("-ss", Integer.toString(CUT_SECONDS), "-i", whole.toString(), "-c", "copy"),
                        unfinished));
        Files.move(unfinished, file);
    }

    /** Finds the quality that takes the bits there are: a steady one, as of a camera with a variable bit rate. */
    private void search(Path still, Path film) throws IOException, InterruptedException {
        double better = 20;
        double worse = 32;
        double ratio = 0;
        for (int i = 0; i < 8 && Math.abs(ratio - 1) > CLOSE; i++) {
            double quality = (better + worse) / 2;
            encode(still, List.of("-crf", Double.toString(quality)), film);
            ratio = bitsPerSecond(film) * SECONDS / (CUT_SECONDS + SECONDS) / BITS_PER_SECOND;
            System.out.printf("bench: making a film; quality %.2f takes %.2f times the bits%n", quality, ratio);
            if (ratio > 1) {
                better = quality;
            } else {
                worse = quality;
            }
        }
    }

    /** As cameras encode: without B-frames, and without looking ahead. */
    private void encode(Path still, List<String> rate, Path film) throws IOException, InterruptedException {
        List<String> encode = new ArrayList<>(List.of("-loop", "1", "-framerate", "25", "-i", still.toString()));
        encode.addAll(List.of("-t", Integer.toString(CUT_SECONDS + SECONDS)));
        encode.addAll(List.of("-vf", motion + "noise=alls=7:allf=t,format=yuv420p", "-c:v", "libx264"));
        encode.addAll(List.of("-preset", "veryfast", "-tune", "zerolatency"));
        encode.addAll(List.of("-g", "50", "-keyint_min", "50", "-sc_threshold", "0"));
        encode.addAll(rate);
        Workshop.run("encode", command(encode, film));
    }

    private static double bitsPerSecond(Path film) throws IOException {
        return Files.size(film) * 8.0 / SECONDS;
    }

    private static List<String> command(List<String> what, Path to) {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin", "-y"));
        command.addAll(what);
        command.add(to.toString());
        return command;
    }
}
