package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.bytedeco.ffmpeg.global.avcodec;
import org.junit.jupiter.api.Test;

class ParameterSetsTest {
    private static final int H264 = avcodec.AV_CODEC_ID_H264;
    private static final int H265 = avcodec.AV_CODEC_ID_HEVC;

    @Test
    void findsThoseOfH264_amongOtherUnits_withStartCodesOfEitherLength() {
        assertThat(sets("00000109f0 00000001674210 00 000001 68ce38 000001 0605 000001 6588 000001 6742ff", H264))
                .isEqualTo("00000001674210" + "0000000168ce38");
    }

    @Test
    void findsThoseOfH265() {
        assertThat(sets("000000014601 0000000140010c 00000001420101 000001 44 01c1 000001 4e01 000001 2601", H265))
                .isEqualTo("0000000140010c" + "00000001420101" + "000000014401c1");
    }

    @Test
    void findsNone_inAPictureAlone_orWithoutASequence() {
        assertThat(sets("000001 6588 80", H264)).isEmpty();
        assertThat(sets("000001 68ce 000001 6588", H264)).isEmpty();
        assertThat(sets("", H264)).isEmpty();
        assertThat(sets("000001 6742", avcodec.AV_CODEC_ID_MJPEG)).isEmpty();
    }

    @Test
    void findsNone_whenTheBytesEndBeforeTheSetsDo() {
        byte[] stream = bytes("000001 6742 000001 68ce");
        assertThat(ParameterSets.in(stream, true, H264)).isEmpty();
        assertThat(ParameterSets.in(stream, false, H264)).isEqualTo(bytes("00000001674200000001 68ce"));
    }

    private static String sets(String hex, int codec) {
        return HexFormat.of().formatHex(ParameterSets.in(bytes(hex), false, codec));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
