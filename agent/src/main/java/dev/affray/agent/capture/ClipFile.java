package dev.affray.agent.capture;

import dev.affray.agent.capture.Clip.Reason;
import dev.affray.agent.capture.Clip.Refused;
import dev.affray.agent.capture.Clip.Written;
import dev.affray.agent.capture.ClipTimes.Stamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/** Writes packets to an MP4 file as they are. For one thread. */
final class ClipFile implements AutoCloseable {
    /** Players can begin before they have the whole file. */
    private static final String INDEX_FIRST = "faststart";

    private final AVFormatContext container = new AVFormatContext(null);
    private @Nullable AVIOContext output;

    private ClipFile() {}

    /**
     * Writes an excerpt that is not empty. The file appears only when it is complete; one that is there is replaced.
     *
     * @throws IOException when it cannot be written; nothing is left behind
     */
    static Clip write(Excerpt excerpt, Path file) throws IOException {
        List<ClipPacket> packets = excerpt.packets();
        VideoFormat format = packets.getFirst().format();
        String codec = avcodec.avcodec_get_name(format.codec()).getString(StandardCharsets.UTF_8);
        if (avformat.avformat_query_codec(avformat.av_guess_format("mp4", null, null), format.codec(), 0) != 1) {
            return new Refused(Reason.UNFIT, "an MP4 file cannot hold " + codec);
        }
        boolean described = format.codec() == avcodec.AV_CODEC_ID_H264 || format.codec() == avcodec.AV_CODEC_ID_HEVC;
        if (described && !format.extradata().hasRemaining()) {
            return new Refused(Reason.UNFIT, "the camera has sent no parameter sets of its " + codec);
        }
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            try (ClipFile clip = new ClipFile()) {
                clip.begin(unfinished, packets.getFirst());
                clip.write(packets);
            }
            long bytes = Files.size(unfinished);
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return new Written(
                    packets.getFirst().takenAt(), packets.getLast().takenAt(), packets.size(), bytes, excerpt.rest());
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private void begin(Path file, ClipPacket first) throws IOException {
        String url = "file:" + file.toAbsolutePath();
        must(avformat.avformat_alloc_output_context2(container, null, "mp4", url));
        AVStream stream = avformat.avformat_new_stream(container, null);
        first.format().tell(stream.codecpar());
        stream.time_base().num(1).den(ClipTimes.RATE);
        if (first.format().codec() == avcodec.AV_CODEC_ID_HEVC) {
            // Apple's players take no other.
            stream.codecpar().codec_tag(avutil.MKTAG((byte) 'h', (byte) 'v', (byte) 'c', (byte) '1'));
        }
        measure(first, stream.codecpar());
        AVIOContext sink = new AVIOContext(null);
        must(avformat.avio_open(sink, url, avformat.AVIO_FLAG_WRITE));
        output = sink;
        container.pb(sink);
        AVDictionary told = new AVDictionary(null);
        avutil.av_dict_set(told, "creation_time", first.takenAt().toString(), 0);
        container.metadata(told);
        AVDictionary options = new AVDictionary(null);
        avutil.av_dict_set(options, "movflags", INDEX_FIRST, 0);
        try {
            must(avformat.avformat_write_header(container, options));
        } finally {
            avutil.av_dict_free(options);
        }
    }

    /** The picture may have changed its size since the stream was opened: the first one tells. */
    private static void measure(ClipPacket first, AVCodecParameters parameters) throws IOException {
        try (Decoder decoder = Decoder.open(parameters)) {
            Decoder.Frames size = picture -> parameters.width(picture.width()).height(picture.height());
            decoder.decode(first.packet(), size);
            decoder.flush(size);
        } catch (CaptureException e) {
            throw new IOException("the clip cannot be written: " + e.reason(), e);
        }
    }

    private void write(List<ClipPacket> packets) throws IOException {
        ClipTimes times = ClipTimes.of(packets.stream().map(ClipFile::stamp).toList());
        AVStream stream = container.streams(0);
        try (AVRational tick = avutil.av_make_q(1, ClipTimes.RATE)) {
            for (int i = 0; i < packets.size(); i++) {
                AVPacket packet = packets.get(i).packet();
                packet.stream_index(0)
                        .pos(-1)
                        .pts(times.shown(i))
                        .dts(times.decoded(i))
                        .duration(times.duration(i));
                avcodec.av_packet_rescale_ts(packet, tick, stream.time_base());
                must(avformat.av_write_frame(container, packet));
            }
        }
        must(avformat.av_write_trailer(container));
        must(container.pb().error());
    }

    private static Stamp stamp(ClipPacket kept) {
        AVPacket packet = kept.packet();
        return new Stamp(
                ticks(packet.pts(), kept.format()),
                ticks(packet.dts(), kept.format()),
                kept.isKey(),
                kept.opening(),
                kept.arrivedNanos());
    }

    private static long ticks(long stamp, VideoFormat format) {
        return stamp == avutil.AV_NOPTS_VALUE
                ? ClipTimes.NONE
                : avutil.av_rescale(stamp, (long) format.tickNum() * ClipTimes.RATE, format.tickDen());
    }

    @Override
    public void close() {
        if (output != null) {
            avformat.avio_closep(output);
        }
        avformat.avformat_free_context(container);
    }

    private static void must(int result) throws IOException {
        if (result < 0) {
            throw new IOException("the clip cannot be written: " + Ffmpeg.errorText(result));
        }
    }
}
