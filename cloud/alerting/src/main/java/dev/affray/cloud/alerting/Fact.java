package dev.affray.cloud.alerting;

import dev.affray.camera.Language;
import dev.affray.cloud.state.Mute;
import dev.affray.cloud.state.Step;
import dev.affray.frame.Line;
import dev.affray.incident.Incident;
import dev.affray.incident.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that a mail says, by its name. */
record Fact(Words name, String value) {
    /** Who somebody is who has nothing but the link. */
    private static final String LINK = "link";

    /** All that is to be said beside what, where and when. */
    static List<Fact> of(Alert alert) {
        Language language = alert.site().language();
        List<Fact> facts = new ArrayList<>();
        if (alert.incident().kind().isCondition()) {
            condition(alert, language, facts);
        } else {
            fight(alert, language, facts);
        }
        if (alert.late()) {
            facts.add(new Fact(Words.LATE, Words.NOT_EARLIER.in(language)));
        }
        facts.add(new Fact(Words.INCIDENT, alert.incident().id()));
        return facts;
    }

    private static void fight(Alert alert, Language language, List<Fact> facts) {
        Incident incident = alert.incident();
        Times times = Times.of(alert);
        switch (alert.step()) {
            case OPENED, RAISED, ESCALATED -> {}
            case CLOSED -> lasted(incident, times, language, facts);
            case ACKNOWLEDGED -> by(incident.acknowledgedBy(), language, facts);
            case FALSE_ALARM -> {}
            case MUTED -> {
                Mute mute = Heading.mute(alert);
                facts.add(new Fact(Words.UNTIL, times.clock(mute.until())));
                by(mute.by(), language, facts);
            }
            case UNMUTED -> by(Heading.mute(alert).endedBy(), language, facts);
        }
        if (alert.at().isAfter(incident.opened()) && alert.step() != Step.CLOSED) {
            facts.add(new Fact(Words.BEGAN, times.clock(incident.opened())));
        }
        alert.lead().ifPresent(lead -> facts.add(new Fact(Words.FIRST_SEEN, plain(lead.cameraName()))));
        facts.add(new Fact(Words.CONFIDENCE, Words.OF_100.in(language, Math.round(incident.peakConfidence()))));
        if (incident.severity() == Severity.HIGH) {
            facts.add(new Fact(Words.SEVERITY, Words.HIGH.in(language)));
        }
        if (incident.line() == Line.BACKLOG) {
            facts.add(new Fact(Words.DELAYED, Words.NOT_NOW.in(language)));
        }
    }

    private static void condition(Alert alert, Language language, List<Fact> facts) {
        Incident incident = alert.incident();
        boolean over = alert.step() == Step.CLOSED;
        if (over) {
            lasted(incident, Times.of(alert), language, facts);
        }
        if (alert.step() == Step.ACKNOWLEDGED) {
            by(incident.acknowledgedBy(), language, facts);
        }
        if (incident.detail() != null) {
            facts.add(new Fact(over ? Words.IT_WAS : Words.FOUND, plain(incident.detail())));
        }
    }

    private static void lasted(Incident incident, Times times, Language language, List<Fact> facts) {
        String lasted = Times.duration(Duration.between(incident.opened(), incident.lastPositive()));
        facts.add(new Fact(Words.LASTED, Words.FROM.in(language, lasted, times.clock(incident.opened()))));
    }

    private static void by(@Nullable String who, Language language, List<Fact> facts) {
        if (who != null) {
            facts.add(new Fact(Words.BY, who.equals(LINK) ? Words.SOMEBODY_WITH_LINK.in(language) : plain(who)));
        }
    }

    /** What to make of it: the last sentence. */
    static Words last(Alert alert) {
        return alert.incident().kind().isCondition() ? lastOfCondition(alert) : lastOfFight(alert);
    }

    private static Words lastOfFight(Alert alert) {
        return switch (alert.step()) {
            case OPENED, RAISED -> alert.lead().isPresent() ? Words.MAY_BE_SAME : Words.LOOK_FIRST;
            case ESCALATED -> Words.NOBODY_YET;
            case ACKNOWLEDGED -> Words.LEAVE_IT;
            case FALSE_ALARM -> Words.IF_IT_WAS_ONE;
            case CLOSED -> Words.QUIET_SINCE;
            case MUTED -> Words.WHILE_MUTED;
            case UNMUTED -> Words.NOT_MUTED;
        };
    }

    private static Words lastOfCondition(Alert alert) {
        boolean over = alert.step() == Step.CLOSED;
        return switch (alert.incident().kind()) {
            case FIGHT -> lastOfFight(alert);
            case CAMERA_OFFLINE ->
                over ? (alert.awaited() ? Words.WATCHED_AGAIN : Words.OFF_THE_LIST) : Words.UNTIL_BACK;
            case PIPELINE_BLIND -> over ? Words.SEEN_AGAIN : Words.UNTIL_MENDED;
            case BUDGET -> over ? Words.ALL_JUDGED : Words.NOT_ALL_JUDGED;
        };
    }

    /** A text from people on one line, without what could make it another or turn its direction. */
    static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ")
                .replaceAll("[\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]", "")
                .strip();
    }
}
