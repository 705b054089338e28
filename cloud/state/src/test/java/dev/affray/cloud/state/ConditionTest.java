package dev.affray.cloud.state;

import static dev.affray.cloud.state.Examples.DOOR;
import static dev.affray.cloud.state.Examples.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.frame.Line;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConditionTest {
    private static final Head EMPTY = Head.empty(DOOR, IncidentKind.CAMERA_OFFLINE, Line.LIVE);

    @Test
    void beginsLastsEndsAndIsClosed_eachChangeOnce() {
        Head gone = Condition.begin(EMPTY, at(0), "no route to host", at(120));
        assertThat(gone.version()).isEqualTo(1);
        assertThat(gone.incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.opened()).isEqualTo(at(0));
            assertThat(incident.isLasting()).isTrue();
            assertThat(incident.changedAt()).isEqualTo(at(120));
            assertThat(incident.detail()).isEqualTo("no route to host");
        });
        assertThat(Condition.begin(gone, at(30), "other words", at(180)))
                .as("seen by another")
                .isSameAs(gone);
        assertThat(Condition.close(gone, at(180))).as("it lasts").isSameAs(gone);

        Head back = Condition.end(gone, at(600), at(900));
        assertThat(back.incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.isOpen()).as("until that is announced").isTrue();
            assertThat(incident.isLasting()).isFalse();
            assertThat(incident.lastPositive()).isEqualTo(at(600));
        });
        assertThat(Condition.end(back, at(700), at(960))).isSameAs(back);

        Head closed = Condition.close(back, at(960));
        assertThat(closed.isOpen()).isFalse();
        assertThat(closed.incidents()).extracting(Incident::closed).containsExactly(at(600));
        assertThat(Condition.close(closed, at(1020))).isSameAs(closed);
    }

    @Test
    void aRuleOfMomentsNeverClosesWhatLasts() {
        Head gone = Condition.begin(EMPTY, at(0), "gone", at(120));
        assertThat(gone.changed()).hasSize(1);
        assertThat(Condition.close(gone, at(1e9))).isSameAs(gone);
    }

    @Test
    void endsAfterItsBeginning_whateverTheClockSays() {
        Head gone = Condition.begin(EMPTY, at(100), "gone", at(120));
        Head back = Condition.end(gone, at(50), at(200));
        assertThat(back.incidents().getFirst().isLasting()).isFalse();
        assertThat(Condition.begin(back, at(20), "again", at(300)).incidents())
                .extracting(Incident::id)
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void atMostOneLasts_andTheyNeverOverlap_whateverHappens() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Head head = EMPTY;
            for (int step = 0; step < 40; step++) {
                Head before = head;
                double when = random.nextInt(2000);
                head = switch (random.nextInt(3)) {
                    case 0 -> Condition.begin(head, at(when), "gone", at(step));
                    case 1 -> Condition.end(head, at(when), at(step));
                    default -> Condition.close(head, at(step));
                };
                assertThat(head.version() - before.version()).as("seed " + seed).isBetween(0L, 1L);
                assertThat(head == before).isEqualTo(head.version() == before.version());
                assertThat(head.incidents().stream().filter(Incident::isLasting))
                        .hasSizeLessThan(2);
            }
            for (int i = 1; i < head.incidents().size(); i++) {
                assertThat(head.incidents().get(i).opened())
                        .isAfter(head.incidents().get(i - 1).lastPositive());
            }
        }
    }
}
