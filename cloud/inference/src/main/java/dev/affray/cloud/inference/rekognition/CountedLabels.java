package dev.affray.cloud.inference.rekognition;

import dev.affray.cloud.inference.Detector.Opinion;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The labels that mean a fight, compared without regard to case. Immutable. */
final class CountedLabels {
    /** What is stored for a frame on which no counted label was seen, with confidence 0. */
    static final String NONE = "none";

    private final Set<String> counted;

    /** One label that Rekognition saw. */
    record Seen(@Nullable String name, @Nullable Float confidence) {}

    /** @throws IllegalArgumentException when there are none: such a detector would never see a fight */
    CountedLabels(Collection<String> labels) {
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("no labels count as a fight");
        }
        this.counted = labels.stream().map(CountedLabels::folded).collect(Collectors.toUnmodifiableSet());
    }

    /** The strongest counted label, as seen by a detector of this name. */
    Opinion judge(String detector, List<Seen> seen) {
        return seen.stream()
                .<Opinion.Judged>mapMulti((label, judged) -> {
                    if (label.name != null && label.confidence != null && counted.contains(folded(label.name))) {
                        judged.accept(new Opinion.Judged(detector, label.name, label.confidence));
                    }
                })
                .max(Comparator.comparingDouble(Opinion.Judged::confidence))
                .orElseGet(() -> new Opinion.Judged(detector, NONE, 0));
    }

    private static String folded(String label) {
        return label.strip().toLowerCase(Locale.ROOT);
    }
}
