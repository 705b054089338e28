package dev.affray.cloud.console.link;

import static dev.affray.cloud.console.link.Scene.CLOSE_AFTER;
import static dev.affray.cloud.console.link.Scene.DOOR;
import static dev.affray.cloud.console.link.Scene.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.camera.Language;
import dev.affray.cloud.state.Condition;
import dev.affray.cloud.state.Detection;
import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.Mute;
import dev.affray.frame.CameraId;
import dev.affray.frame.Line;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import dev.affray.incident.Judgement;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkPageTest {
    private static final Pattern ADDRESS = Pattern.compile("(?:href|src|action)=\"([^\"]*)\"");

    private Scene scene;
    private Incident incident;
    private String token;

    @BeforeEach
    void open(@TempDir Path folder) {
        scene = new Scene(folder);
        scene.camera("Main entrance", "Northgate School", "en");
        incident = scene.fight(Line.LIVE, 0, 1, 2, 4);
        scene.frame(-2, 14);
        token = scene.token(incident);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void showsWhatIsWhere_withTheFramesTheirTimesAndScores_inThePlacesZone() {
        LinkResponse page = scene.get(token);

        assertThat(page.status()).isEqualTo(200);
        assertThat(text(page))
                .contains("Possible fight", "Main entrance", "Northgate School", "Still going on", "4 s so far")
                .contains("Fri 20 Nov 2026, 22:00:00 CET", "strongest score 92 %")
                .contains(">21:59:58<", ">14 %<", ">22:00:04<", ">92 %<")
                .contains("<meta http-equiv=\"refresh\" content=\"10; url=" + token + "\">")
                .contains("until Fri 27 Nov, 23:00");
    }

    @Test
    void tellsBrowsersToRunNothing_loadNothing_tellNobody_andKeepNothing() {
        for (String path : List.of(token, "x".repeat(39), token + "/frame/0", "style.css")) {
            assertThat(scene.get(path).headers())
                    .as(path)
                    .containsEntry(
                            "Content-Security-Policy",
                            "default-src 'none'; img-src 'self'; style-src 'self'; form-action 'self'; frame-ancestors"
                                    + " 'none'; base-uri 'none'")
                    .containsEntry("Referrer-Policy", "no-referrer")
                    .containsEntry("X-Robots-Tag", "noindex, nofollow, noarchive")
                    .containsEntry("X-Content-Type-Options", "nosniff");
        }
        assertThat(scene.get(token).headers()).containsEntry("Cache-Control", "no-store");
        assertThat(text(scene.get(token))).doesNotContainIgnoringCase("<script").doesNotContain("style=");
    }

    @Test
    void aButtonDoesWhatItSays_once_andSendsTheBrowserBackToThePage() {
        LinkResponse done = scene.send("POST", token + "/acknowledge");

        assertThat(done.status()).isEqualTo(303);
        assertThat(done.headers()).containsEntry("Location", "../" + token + "?done=acknowledge");
        Incident now = scene.head().incidents().getFirst();
        assertThat(now.acknowledgedBy()).isEqualTo("link");
        assertThat(now.acknowledgedAt()).isEqualTo(scene.now);
        assertThat(text(scene.get(token + "?done=acknowledge")))
                .contains("role=\"status\">Acknowledged.", "Somebody with the link took charge at 22:00.")
                .doesNotContain(token + "/acknowledge");

        long version = scene.head().version();
        scene.now = scene.now.plusSeconds(60);
        assertThat(scene.send("POST", token + "/acknowledge").status()).isEqualTo(303);
        assertThat(scene.head().version()).isEqualTo(version);
    }

    @Test
    void aFalseAlarmCanBeTakenBack() {
        scene.send("POST", token + "/false-alarm");
        assertThat(scene.head().incidents().getFirst().judgement()).isEqualTo(Judgement.FALSE_ALARM);
        assertThat(text(scene.get(token))).contains("It was real").doesNotContain("/false-alarm\"");

        scene.send("POST", token + "/true-alarm");
        assertThat(scene.head().incidents().getFirst().judgement()).isEqualTo(Judgement.TRUE_ALARM);
        assertThat(text(scene.get(token))).contains("Confirmed", "/false-alarm\"");
    }

    @Test
    void aMuteIsToldWithItsEnd_canBeTakenBack_andDoesNotGrowByAskingAgain() {
        scene.send("POST", token + "/mute");
        scene.now = scene.now.plusSeconds(600);
        scene.send("POST", token + "/mute");

        assertThat(text(scene.get(token + "?done=mute")))
                .contains("The camera is muted until 22:30.", "Camera muted", "Unmute the camera")
                .doesNotContain("Mute 30 min");
        scene.send("POST", token + "/unmute");
        assertThat(scene.head().mute()).satisfies(mute -> {
            assertThat(mute.endedBy()).isEqualTo("link");
            assertThat(mute.until()).isEqualTo(mute.since().plus(Mute.LASTS));
        });
        assertThat(text(scene.get(token + "?done=unmute"))).contains("not muted any more", "Mute 30 min");
    }

    @Test
    void thatSomethingWasDone_isToldOnlyWhereItIsSo() {
        for (String action : List.of("acknowledge", "false-alarm", "true-alarm", "mute", "<b>", "")) {
            assertThat(text(scene.get(token + "?done=" + action))).as(action).doesNotContain("role=\"status\"");
        }
    }

    @Test
    void aScannerThatFollowsEveryAddressOfThePage_changesNothing() {
        Head before = scene.head();
        Set<String> seen = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(List.of(token));
        while (!next.isEmpty()) {
            String path = next.pop();
            if (seen.add(path)) {
                assertThat(scene.send("HEAD", path).body()).isEmpty();
                LinkResponse response = scene.get(path);
                if (response.headers().getOrDefault("Content-Type", "").startsWith("text/html")) {
                    Matcher address = ADDRESS.matcher(text(response));
                    while (address.find()) {
                        next.add(resolved(path, address.group(1)));
                    }
                }
            }
        }

        assertThat(seen).contains(token + "/acknowledge", token + "/false-alarm", token + "/mute", "style.css");
        assertThat(seen).filteredOn(path -> path.contains("/frame/")).hasSize(5);
        assertThat(scene.head()).isEqualTo(before);
        for (String action : List.of("acknowledge", "false-alarm", "true-alarm", "mute", "unmute")) {
            assertThat(scene.get(token + "/" + action).status()).isEqualTo(405);
        }
        assertThat(scene.head()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get", "", "PROPFIND"})
    void anyOtherMethod_isRefused(String method) {
        LinkResponse response = scene.send(method, token + "/acknowledge");

        assertThat(response.status()).isEqualTo(405);
        assertThat(response.headers()).containsEntry("Allow", "GET, HEAD, POST");
        assertThat(scene.head().incidents().getFirst().acknowledgedAt()).isNull();
    }

    @Test
    void whatIsForgedAlteredOrLeadsToNothing_getsTheVerySameAnswer_andChangesNothing() {
        Incident other = new Incident(
                "000000000000",
                1,
                DOOR,
                IncidentKind.FIGHT,
                Line.LIVE,
                Scene.START,
                Scene.START,
                null,
                0,
                incident.severity(),
                List.of(),
                Scene.START,
                null,
                null,
                null,
                null);
        List<String> tokens = List.of(
                scene.token(other),
                "0".repeat(39),
                incident.id() + scene.token(other).substring(12),
                token.substring(0, 38),
                "../" + token,
                "%2e%2e",
                "");
        Head before = scene.head();
        String answer = text(scene.get("x".repeat(39)));
        for (String bad : tokens) {
            LinkResponse page = scene.get(bad);
            assertThat(page.status()).as(bad).isEqualTo(404);
            assertThat(text(page).replace("../", "")).as(bad).isEqualTo(answer).contains("This link does not work");
            for (String action : List.of("acknowledge", "mute")) {
                assertThat(scene.send("POST", bad + "/" + action).status()).isBetween(404, 405);
            }
        }
        assertThat(scene.head()).isEqualTo(before);
        assertThat(scene.page.counts().refused()).isGreaterThan(tokens.size());
    }

    @Test
    void anExpiredLinkSaysSo_andDoesNothing() {
        scene.now = scene.now.plus(Duration.ofDays(8));

        assertThat(scene.get(token).status()).isEqualTo(410);
        assertThat(text(scene.get(token))).contains("This link has expired").doesNotContain("Main entrance");
        assertThat(scene.get(token + "/frame/" + position(0)).status()).isEqualTo(410);
        assertThat(scene.send("POST", token + "/acknowledge").status()).isEqualTo(410);
        assertThat(scene.head().incidents().getFirst().acknowledgedAt()).isNull();
        assertThat(scene.page.counts().expired()).isEqualTo(4);
    }

    @Test
    void aLinkOpensTheFramesOfItsIncident_andNoOthers() {
        Detection later = scene.frame(300, 20);
        Detection elsewhere = scene.frame(new CameraId("gw", "yard"), 1, 20);

        LinkResponse frame = scene.get(token + "/frame/" + position(0));
        assertThat(frame.status()).isEqualTo(200);
        assertThat(frame.headers()).containsEntry("Content-Type", "image/jpeg");
        assertThat(text(frame)).isEqualTo("jpeg of " + position(0));
        for (String position : List.of(
                later.frame().position(),
                elsewhere.frame().position(),
                "0",
                "",
                "..%2f..",
                later.key().format(),
                position(0) + "/")) {
            LinkResponse answer = scene.get(token + "/frame/" + position);
            assertThat(answer.status()).as(position).isEqualTo(404);
            assertThat(text(answer)).as(position).doesNotContain("jpeg of");
        }
    }

    @Test
    void aPictureThatIsNotThere_isAPictureThatSaysSo() {
        scene.jpegs.clear();

        LinkResponse answer = scene.get(token + "/frame/" + position(0));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.headers())
                .containsEntry("Content-Type", "image/svg+xml")
                .containsEntry("Cache-Control", "no-store");
        assertThat(text(answer)).contains("No picture");
    }

    @Test
    void whatFailsIsAnswered_counted_andHoldsNothingOfTheLink() {
        scene.broken = true;

        LinkResponse answer = scene.get(token + "/frame/" + position(0));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(text(answer)).contains("go and see").doesNotContain(token, "bucket");
        assertThat(scene.page.counts().failed()).isEqualTo(1);
        scene.close();
        assertThat(scene.send("POST", token + "/acknowledge").status()).isEqualTo(503);
    }

    @Test
    void aPartOfAnotherIncident_showsTheWhole_andActsOnIt() {
        Incident part = scene.fight(Line.LIVE, 100);
        String partsToken = scene.token(part);
        scene.fight(Line.LIVE, 50);

        assertThat(text(scene.get(partsToken)))
                .contains("part of an earlier one", "1 min 40 s so far", partsToken + "/frame/" + position(0));
        scene.send("POST", partsToken + "/acknowledge");
        assertThat(scene.head().incidents().getFirst().acknowledgedAt()).isNotNull();
    }

    @Test
    void whatIsOver_doesNotRefreshItself_andCanStillBeActedOn() {
        Head head = scene.head();
        scene.now = scene.now.plusSeconds(600);
        scene.stored(head.closing(CLOSE_AFTER, Duration.ofSeconds(20), scene.now));

        assertThat(text(scene.get(token)))
                .contains("Over", "lasted 4 s", token + "/acknowledge")
                .doesNotContain("http-equiv", "looks again");
    }

    @Test
    void aDelayedIncidentSaysSo_tellsOfTheLiveOne_andMutesNothing() {
        String delayed = scene.token(scene.fight(Line.BACKLOG, 5, 6));

        assertThat(text(scene.get(delayed)))
                .contains("Delayed", "not happening now", "also a live alert", "/false-alarm")
                .doesNotContain("/mute");
        assertThat(text(scene.get(token))).contains("came late");
        assertThat(scene.send("POST", delayed + "/mute").status()).isEqualTo(409);
        assertThat(scene.head().mute()).isNull();
    }

    @Test
    void aConditionIsShownWithItsWords_andCanOnlyBeAcknowledged() {
        Head gone = scene.stored(Condition.begin(
                Head.empty(CameraId.gateway("gw"), IncidentKind.CAMERA_OFFLINE, Line.LIVE),
                Scene.START,
                "no report for <i>3 minutes</i>",
                scene.now));
        String conditions = scene.token(gone.incidents().getFirst());

        assertThat(text(scene.get(conditions)))
                .contains("Gateway offline", "no report for &lt;i&gt;3 minutes", conditions + "/acknowledge")
                .doesNotContain("/mute", "/false-alarm", "<i>", "class=\"pictures\"");
        assertThat(scene.send("POST", conditions + "/false-alarm").status()).isEqualTo(409);
        assertThat(scene.send("POST", conditions + "/acknowledge").status()).isEqualTo(303);
    }

    @Test
    void namesThatAreScript_areNamesAndNoScript() {
        scene.camera("\"><img src=x onerror=alert(1)>", "<script>alert(1)</script>\u202e", "en");

        assertThat(text(scene.get(token)))
                .contains("&quot;&gt;&lt;img src=x onerror=alert(1)&gt;", "&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script", "<img src=x", "\u202e");
    }

    @Test
    void speaksTheLanguageOfTheSite_andOfTheBrowserWhereThereIsNone() {
        scene.camera("Entrada principal", "Colegio San Martín", "es");

        assertThat(text(scene.get(token)))
                .contains(
                        "<html lang=\"es\">", "Posible pelea", "En curso", "Me hago cargo", "Silenciar 30 min", "vie");
        assertThat(text(scene.page.answer(new LinkRequest("GET", "x", "", "es-MX,es;q=0.9,en;q=0.8"))))
                .contains("Este enlace no funciona");
        assertThat(text(scene.page.answer(new LinkRequest("GET", "x", "", "")))).contains("This link does not work");
    }

    @ParameterizedTest
    @EnumSource(Text.class)
    void everyTextIsThereInEveryLanguage_withTheSameParts(Text text) {
        List<String> all = new ArrayList<>();
        for (var language : Language.values()) {
            all.add(text.in(language, "FIRST", "SECOND"));
        }
        assertThat(all).doesNotHaveDuplicates().noneMatch(String::isBlank);
        for (String part : List.of("FIRST", "SECOND")) {
            assertThat(all.stream().filter(t -> t.contains(part)).count()).isIn(0L, (long) all.size());
        }
    }

    @Test
    void theStyleIsTheConsolesAndItsOwn() {
        assertThat(new String(scene.get("style.css").body(), StandardCharsets.UTF_8))
                .contains("--ground", ".buttons");
        assertThat(scene.get("icon.svg").headers()).containsEntry("Content-Type", "image/svg+xml");
    }

    private String position(double seconds) {
        var at = Scene.START.plusMillis(Math.round(seconds * 1000));
        return scene.detections
                .between(DOOR, at.minusMillis(1), at.plusMillis(1))
                .getFirst()
                .frame()
                .position();
    }

    /** An address of a page under {@code /i/}, as a browser resolves it; what leaves that is kept as it is. */
    private static String resolved(String path, String address) {
        String whole = URI.create("https://x/i/" + path).resolve(address).getRawPath();
        assertThat(whole).startsWith("/i/");
        return whole.substring("/i/".length());
    }
}
