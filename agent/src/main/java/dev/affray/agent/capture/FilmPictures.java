package dev.affray.agent.capture;

import dev.affray.agent.capture.CaptureSource.LocalFile;
import dev.affray.agent.gate.GreyPicture;
import dev.affray.agent.gate.PicturePace;
import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Plays a video file as fast as it goes, decoded as a camera's stream would be, and hands out what a score is computed from. For one thread. */
public final class FilmPictures {
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final FilmPart part;
    private final Taker taker;
    private final double usual;
    private final int thinning;
    private final PicturePace pace;
    private final Timeline line = new Timeline();
    private double end;
    private int skipped;
    private int left;

    private FilmPictures(FilmPart part, double usual, Taker taker) {
        this.part = part;
        this.usual = usual;
        this.taker = taker;
        thinning = part.thinned() && 1 / usual >= 2 * PicturePace.LEAST_RATE ? 2 : 1;
        pace = new PicturePace(thinning * usual);
    }

    /** Takes about ten pictures a second. */
    public interface Taker {
        /** @param seconds since the film began */
        void accept(GreyPicture picture, double seconds);
    }

    /**
     * What there is to know of a film when it has been played.
     *
     * @param seconds how long it is
     * @param rate pictures a second
     * @param tooSlow whether there were too few of them to hand out any, see {@link PicturePace#LEAST_RATE}
     */
    public record Film(double seconds, double rate, boolean tooSlow) {}

    /**
     * Plays a file to its end.
     *
     * @throws IOException when it cannot be opened or read, or no picture in it can be decoded; the message names the file
     */
    public static Film play(Path file, Taker taker) throws IOException {
        return play(file, FilmPart.ALL, taker);
    }

    /** The same of a part of a film, as if the camera had taken no more. */
    public static Film play(Path file, FilmPart part, Taker taker) throws IOException {
        Ffmpeg.load();
        try (Interrupt interrupt = new Interrupt();
                VideoInput input = VideoInput.open(new LocalFile(file, false), interrupt, PATIENCE_NANOS);
                SmallPictures greys = new SmallPictures()) {
            FilmPictures film = new FilmPictures(part, 1 / input.rate(), taker);
            VideoInput.Packet packet = VideoInput.Packet.OTHER;
            while (packet != VideoInput.Packet.END) {
                packet = input.next();
                switch (packet) {
                    case VIDEO -> input.decode(input.packet(), (p, stamp) -> film.take(p, stamp, greys));
                    case OTHER -> {}
                    case END -> input.rest((p, stamp) -> film.take(p, stamp, greys));
                }
            }
            if (film.end == 0) {
                throw new IOException(file + ": no picture in it can be decoded");
            }
            return new Film(film.end, film.pace.rate(), film.pace.isTooSlow());
        } catch (CaptureException e) {
            throw new IOException(file + ": " + e.reason(), e);
        }
    }

    private void take(AVFrame picture, double stamp, SmallPictures greys) throws CaptureException {
        double at = line.place(stamp, usual);
        end = at + usual;
        if (skipped < part.later() % pace.every()) {
            skipped++;
        } else if (left++ % thinning == 0 && pace.picks(at)) {
            taker.accept(part.read(picture, greys), at);
        }
    }
}
