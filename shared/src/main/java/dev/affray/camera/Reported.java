package dev.affray.camera;

import dev.affray.document.Json;
import dev.affray.document.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The reported state of a shadow: what is in force on the gateway, and why a newer document is not.
 *
 * @param version the shadow version whose desired state is in force; 0 before the first
 * @param hash of that desired state, see {@link dev.affray.document.Json#hash}; absent before the first
 * @param refused the newer document that was refused; absent when the newest is in force. Written as an explicit null, which removes it from the
 *     shadow
 */
public record Reported(
        long version, @Nullable String hash, @Nullable Refused refused) {
    /** The same in fewer words, where a shadow has no room for all of them: half of the problems, then the first one cut short, then their count alone. */
    public Optional<Reported> shorter() {
        return refused == null ? Optional.empty() : refused.shorter().map(fewer -> new Reported(version, hash, fewer));
    }

    /**
     * A refused document.
     *
     * @param version its shadow version
     * @param hash of its desired state
     * @param problems the first of its problems, shortened where need be: at most {@link #MAX_PROBLEMS} and {@link #MAX_BYTES}
     * @param problemCount all of them
     */
    public record Refused(long version, String hash, List<Problem> problems, int problemCount) {
        public static final int MAX_PROBLEMS = 20;

        /** Of all problems together, as JSON. The shadow's 8 KB are for the desired state too. */
        public static final int MAX_BYTES = 3000;

        private static final String ELLIPSIS = "...";
        private static final int MAX_PATH = 120;
        private static final int MAX_MESSAGE = 240;
        private static final int BRIEF_MESSAGE = 40;

        /** Keeps the first problems and the count of all. */
        public static Refused of(long version, String hash, List<Problem> problems) {
            List<Problem> first = new ArrayList<>();
            int bytes = 0;
            for (Problem problem : problems) {
                Problem cut = new Problem(cut(problem.path(), MAX_PATH), cut(problem.message(), MAX_MESSAGE));
                bytes += bytes(cut);
                if (first.size() == MAX_PROBLEMS || bytes > MAX_BYTES) {
                    break;
                }
                first.add(cut);
            }
            return new Refused(version, hash, List.copyOf(first), problems.size());
        }

        private Optional<Refused> shorter() {
            if (problems.isEmpty()) {
                return Optional.empty();
            }
            Problem first = problems.getFirst();
            Problem brief = new Problem(first.path(), cut(first.message(), BRIEF_MESSAGE));
            List<Problem> fewer = problems.size() > 1
                    ? problems.subList(0, problems.size() / 2)
                    : first.equals(brief) ? List.of() : List.of(brief);
            return Optional.of(new Refused(version, hash, List.copyOf(fewer), problemCount));
        }

        private static int bytes(Problem problem) {
            return Json.write(problem).getBytes(StandardCharsets.UTF_8).length + ",".length();
        }

        private static String cut(String text, int max) {
            if (text.length() <= max) {
                return text;
            }
            int end = max - ELLIPSIS.length();
            return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + ELLIPSIS;
        }
    }
}
