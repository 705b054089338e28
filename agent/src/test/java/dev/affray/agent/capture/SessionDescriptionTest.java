package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionDescriptionTest {
    @ParameterizedTest
    @CsvSource({
        "rtsp://c/a, '', track1, rtsp://c/a, rtsp://c/a/track1",
        "rtsp://c/a/, '', track1, rtsp://c/a/, rtsp://c/a/track1",
        "rtsp://c/a?x=1&y=2, *, track1, rtsp://c/a?x=1&y=2, rtsp://c/a?x=1&y=2/track1",
        "rtsp://c/a/, rtsp://c/b, RTSP://c/b/t=1, rtsp://c/b, RTSP://c/b/t=1",
        "rtsp://c/a, all, '', rtsp://c/a/all, rtsp://c/a/all",
    })
    void resolvesWhatIsToBeSetUpAndPlayed(String base, String session, String video, String play, String setUp) {
        String sdp = "v=0\n" + (session.isEmpty() ? "" : "a=control:" + session + "\n") + "m=video 0 RTP/AVP 96\n"
                + (video.isEmpty() ? "" : "a=control:" + video + "\n");
        SessionDescription description = SessionDescription.read(sdp, base).orElseThrow();
        assertThat(description.aggregate()).isEqualTo(play);
        assertThat(description.video()).isEqualTo(setUp);
    }

    @Test
    void takesTheFirstVideo_andNothingElse() {
        String sdp = "v=0\nm=audio 0 RTP/AVP 0\na=control:1\nm=video 0 RTP/AVP 96\na=control:2\n"
                + "m=application 0 RTP/AVP 107\na=control:3\nm=video 0 RTP/AVP 97\na=control:4\n";
        SessionDescription description =
                SessionDescription.read(sdp, "rtsp://c").orElseThrow();
        assertThat(description.video()).isEqualTo("rtsp://c/2");
        assertThat(description.text().lines()).containsExactly("v=0", "m=video 0 RTP/AVP 96", "a=control:2");
    }

    @Test
    void hasNone_whereThereIsOnlySound() {
        assertThat(SessionDescription.read("v=0\nm=audio 0 RTP/AVP 0\n", "rtsp://c"))
                .isEmpty();
        assertThat(SessionDescription.read("", "rtsp://c")).isEmpty();
    }
}
